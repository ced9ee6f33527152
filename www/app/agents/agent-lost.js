// An agent that may have been created: no answer arrived, and the API lists no agents.

import { h } from "../elements/dom.js";
import { makeIdField } from "../elements/field.js";
import { factsOf } from "../states/explain.js";
import { stateBox } from "../states/states.js";
import * as TEXTS from "../texts/agents.js";
import * as common from "../texts/common.js";
import * as KNOWN from "../texts/known.js";

/** Shows what to do. `found` is the agent if the sandbox lists it; `onOpen(id)` opens one. */
export const lostAnswer = ({ name, found, error, onOpen }) => stateBox({
  title: TEXTS.lostTitle(name), facts: factsOf(error), tone: "warn", drawing: "alert", role: "alert",
  ...(found ? { text: TEXTS.lostFound(found.name), action: { label: TEXTS.lostOpenFound, run: () => onOpen(found.id) } }
    : { text: `${common.noOutcome(error)} ${TEXTS.lostText}`, children: [h("p", null, TEXTS.lostLook), makeIdField(KNOWN.openAgentById, onOpen).element, h("p", null, TEXTS.lostElse)] }),
});
