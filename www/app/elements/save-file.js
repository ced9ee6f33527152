// Downloads a file.

import { h } from "./dom.js";

export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  // Some browsers read the URL a little after the click.
  setTimeout(URL.revokeObjectURL, 60_000, url);
}
