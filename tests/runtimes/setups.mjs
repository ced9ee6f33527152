/** All set-ups in the order in which they run: those that fail earliest are first. */
import { setups as browsers } from "./browsers.mjs";
import { setups as bundlers } from "./bundlers.mjs";
import { setups as cloudflare } from "./cloudflare.mjs";
import { setups as commonjs } from "./commonjs.mjs";
import { setups as contents } from "./contents.mjs";
import { setups as denoAndBun } from "./deno-bun.mjs";
import { setups as edgeRuntime } from "./edge-runtime.mjs";
import { setups as examples } from "./examples.mjs";
import { setups as isolates } from "./isolates.mjs";
import { setups as killed } from "./killed.mjs";
import { setups as limit } from "./limit.mjs";
import { setups as mounts } from "./mounts.mjs";
import { setups as nitro } from "./nitro.mjs";
import { setups as node } from "./node.mjs";
import { setups as next } from "./next.mjs";
import { setups as page } from "./page.mjs";
import { setups as pageKeys } from "./page-keys.mjs";
import { setups as pageTests } from "./page-tests.mjs";
import { setups as playwright } from "./playwright.mjs";
import { setups as proxy } from "./proxy.mjs";
import { setups as topLevel } from "./top-level.mjs";
import { setups as viteSsr } from "./vite-ssr.mjs";
import { setups as vite } from "./vite.mjs";
import { setups as objects } from "./objects.mjs";
import { setups as openNext } from "./opennext.mjs";
import { setups as reactNative } from "./react-native.mjs";
import { setups as sandbox } from "./sandbox.mjs";
import { setups as svelteKit } from "./sveltekit.mjs";
import { setups as vitest } from "./vitest.mjs";
import { setups as withoutWasm } from "./without-wasm.mjs";

export const setups = [
  ...contents,
  ...node,
  ...commonjs,
  ...vitest,
  ...pageTests,
  ...withoutWasm,
  ...reactNative,
  ...denoAndBun,
  ...cloudflare,
  ...nitro,
  ...edgeRuntime,
  ...browsers,
  ...page,
  ...pageKeys,
  ...sandbox,
  ...playwright,
  ...proxy,
  ...topLevel,
  ...objects,
  ...limit,
  ...isolates,
  ...killed,
  ...mounts,
  ...examples,
  ...bundlers,
  ...vite,
  ...viteSsr,
  ...svelteKit,
  ...next,
  ...openNext,
];
