// `cargo xtask screenshots FOLDER`: a screenshot of every view and state of the page, light and dark,
// narrow and wide. Further arguments select the scenes whose names contain one of them.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { scenes, openScene, WINDOWS } from "./scenes.mjs";
import { closeBrowser } from "./support.mjs";

const [folder, ...words] = process.argv.slice(2);
const chosen = scenes.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
await mkdir(folder, { recursive: true });
for (const [index, scene] of chosen.entries()) {
  for (const [window, size] of Object.entries(WINDOWS)) {
    let end;
    const { page } = await openScene({ after: (close) => { end = close; } }, scene, size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${scene.name}-${window}-${colorScheme}.png`) });
    }
    await end();
  }
  console.log(`${index + 1} of ${chosen.length}: ${scene.name}`);
}
await closeBrowser();
