// Exports and imports the known entries.

import { knownNow, takeIn } from "../directory.js";
import { confirm } from "../elements/dialogs.js";
import { h, makeButton } from "../elements/dom.js";
import { saveFile } from "../elements/save-file.js";
import { LARGEST_FILE, fromFile, news, toFile } from "./known-file.js";
import { ownerOf } from "./known-storage.js";
import { store } from "../store.js";
import * as TEXTS from "../texts/known.js";

/** Saves the file; returns the text to show. */
export function saveKnown() {
  const known = knownNow();
  const owner = ownerOf(store.get("connection"));
  const name = `centerfy-${new URL(owner.place).hostname}-${new Date().toISOString().slice(0, 10)}.json`;
  saveFile(name, toFile(owner, known), "application/json");
  return TEXTS.exported(Object.values(known).flat().length, name);
}

/** A button that opens a file; `say(text, options)` shows the result. */
export function importButton(say) {
  const input = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: take });
  async function take() {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    say();
    try {
      await importText(await textOf(file), say);
    } catch (error) {
      say(TEXTS.notImported, { why: error.message });
    }
  }
  return [makeButton(TEXTS.importFile, () => input.click(), "small"), input];
}

async function textOf(file) {
  if (file.size > LARGEST_FILE) throw new Error(TEXTS.wrong.large);
  return file.text().catch(() => { throw new Error(TEXTS.wrong.unread); });
}

async function importText(text, say) {
  const connection = store.get("connection");
  const file = fromFile(text);
  const here = ownerOf(connection);
  if ((file.place !== here.place || file.organizationId !== here.organizationId) && !(await askOther(file, here))) return;
  if (store.get("connection") !== connection) return;
  const { added, newer } = news(knownNow(), file.entries);
  takeIn(file.entries);
  say(TEXTS.imported(added, newer));
}

const whose = ({ place, organizationId }) => TEXTS.whose(place, organizationId);
const askOther = (file, here) => confirm({
  title: TEXTS.otherTitle,
  text: [TEXTS.otherFile(whose(file)), TEXTS.otherHere(whose(here)), TEXTS.otherMeans],
  yes: TEXTS.otherYes, no: TEXTS.otherNo,
});
