import { mkdir } from "node:fs/promises"; import { join } from "node:path";
import { scenes, openScene, WINDOWS } from "./scenes.mjs"; import { closeBrowser } from "./support.mjs";
const [folder, from, ...words] = process.argv.slice(2); await mkdir(folder,{recursive:true});
const chosen = scenes.slice(Number(from)).filter(({name})=>words.length===0||words.some(w=>name.includes(w)));
for (const scene of chosen) { for (const [w,size] of Object.entries(WINDOWS)) { let end; try { const { page } = await openScene({ after: (c)=>{end=c;} }, scene, size);
 for (const colorScheme of w==="wide"?["light","dark"]:["light"]) { await page.emulateMedia({colorScheme}); await page.screenshot({path: join(folder,`${scene.name}-${w}-${colorScheme}.png`)}); } } catch(e){ console.log("FAILED",scene.name,w,String(e).slice(0,300)); } await end?.(); } console.log(scene.name); }
await closeBrowser();
