// Every view and state of the page, by subject, for axe and the screenshots.

import { readdir } from "node:fs/promises";
import { makeWorld, openPage } from "./support.mjs";

/**
 * A scene is `{ name, show(page, world), world?, open?, opensWide? }`. `world` are the settings of its
 * organization, `open` the options of `openPage`. `opensWide` says that resizing a narrow window does
 * not show the scene. `show` takes the steps that a person takes, in a narrow window too, and resolves
 * when the scene is visible.
 */
const folder = new URL("./scenes/", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
const modules = await Promise.all(files.map((name) => import(new URL(name, folder))));
export const scenes = modules.flatMap((module) => module.scenes);

const names = scenes.map(({ name }) => name);
const twice = names.find((name, index) => names.indexOf(name) !== index);
if (twice) throw new Error(`two scenes are called ${twice}`);

/** Window sizes: 320 px is a wide window at 400 % zoom. */
export const WINDOWS = { narrow: [320, 640], wide: [1280, 800] };

/** Opens the page at that scene; its browser context ends with `t`. */
export async function openScene(t, scene, [width, height]) {
  const world = await makeWorld(scene.world);
  const opened = await openPage(t, world, { width, height, ...scene.open });
  await scene.show(opened.page, world);
  return opened;
}
