import { asked } from "./asked.mjs";

parent.postMessage(await asked(), "*");
