// An archived agent: what that means, and its last settings.

import { EDIT_GROUPS, applies } from "./agent-fields.js";
import { agentHead } from "./agent-head.js";
import { fill, h } from "../elements/dom.js";
import { day } from "../elements/format.js";
import { stateBox } from "../states/states.js";
import * as TEXTS from "../texts/agents.js";

/** `unsaved` are the form's unsaved values, if there were any when the agent turned out to be archived. */
export function showArchived(section, agent, { onDuplicate, unsaved }) {
  fill(section,
    h("header", { class: "sheet-head" }, agentHead(agent)),
    h("div", { class: "sheet-body" },
      stateBox({
        title: TEXTS.archivedOn(day(agent.archived_at)), text: TEXTS.archivedText, drawing: "archive",
        children: unsaved && h("p", null, TEXTS.archivedUnsaved),
        action: { label: TEXTS.archivedCopy, run: () => onDuplicate({ ...agent, ...unsaved }) },
      }),
      h("h3", { class: "was-title" }, TEXTS.archivedSettings),
      // The first group is the name, which is shown above.
      EDIT_GROUPS.slice(1).map((group) => settings(group, agent))));
}

function settings({ fields }, agent) {
  const rows = fields.filter(({ name }) => applies(name, agent) && isThere(agent[name]));
  return rows.length > 0 && h("dl", { class: "was" }, rows.map((field) => h("div", null,
    h("dt", null, field.label), h("dd", { dir: "auto" }, shown(field, agent[field.name])))));
}

const isThere = (value) => value !== undefined && value !== null && value !== "";

function shown({ unit, options }, value) {
  if (typeof value === "boolean") return value ? TEXTS.yes : TEXTS.no;
  const label = options?.find(([option]) => option === value)?.[1] ?? String(value);
  return unit ? `${label} ${unit}` : label;
}
