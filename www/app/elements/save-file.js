// Gives the person a file.

import { h } from "./dom.js";

export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  // The browser has taken the URL with the click, but some read it a little later.
  setTimeout(URL.revokeObjectURL, 60_000, url);
}
