// The fields of the settings: a choice of three connections, and the fields of each.

import { API_URL, PROXY_PATH, addressProblem, defaultConnection, lacksKey } from "../connection.js";
import { h, newId } from "../elements/dom.js";
import { makeChoice, makeField } from "../elements/field.js";
import * as shell from "../texts/shell.js";

const texts = shell.settings;

/** The characters of a key: those that a header can contain. */
const KEY = /^[!#-[\]-~]+$/;
/** Whitespace around pasted text, also invisible characters. */
const SPACES = /^[\s\u200b-\u200d\u2060]+|[\s\u200b-\u200d\u2060]+$/g;

/** `{ elements, read(), forNewTabs() }` for the connection `now`; `read` throws an error with its `field`. */
export function buildSettings(now, errors) {
  const api = apiPart(now, errors);
  const proxy = proxyPart(now, errors);
  const scope = scopePart(now, errors);
  const sandbox = h("p", { class: "hint" }, texts.sandboxHint);
  const forNewTabs = checkbox("forNewTabs", false, texts.forNewTabs);
  const kind = makeChoice({ legend: texts.kind, options: Object.entries(texts.kinds), chosen: now.kind, onchange: show, wide: true });

  function show() {
    const chosen = kind.value();
    sandbox.hidden = chosen !== "sandbox";
    api.element.hidden = chosen !== "api";
    proxy.element.hidden = chosen !== "proxy";
    scope.element.hidden = forNewTabs.element.hidden = chosen === "sandbox";
    errors.clear();
  }
  show();

  return {
    elements: [kind.element, sandbox, api.element, proxy.element, scope.element, forNewTabs.element],
    // The sandbox reaches no real person, so it is a safe default for new tabs.
    forNewTabs: () => kind.value() === "sandbox" || forNewTabs.value(),
    read() {
      const chosen = kind.value();
      if (chosen === "sandbox") return now.kind === "sandbox" ? now : defaultConnection();
      const part = chosen === "api" ? api : proxy;
      return { ...defaultConnection(), kind: chosen, ...part.read(), ...scope.read() };
    },
  };
}

// The API itself, with a key.
function apiPart(now, errors) {
  const mine = now.kind === "api" ? now : { baseUrl: API_URL, apiKey: "", keepKey: false, auth: now.auth };
  const baseUrl = field(errors, "baseUrl", texts.baseUrl, { type: "url", class: "mono", value: mine.baseUrl }, texts.baseUrlHint);
  const apiKey = field(errors, "apiKey", texts.apiKey,
    { type: "password", class: "mono", value: mine.apiKey, autocomplete: "new-password" }, texts.apiKeyHint);
  const keep = checkbox("keepKey", mine.keepKey, texts.keepKey);
  const auth = makeChoice({ legend: texts.auth, options: [["x-api-key", "x-api-key"], ["bearer", "Authorization: Bearer"]], chosen: mine.auth, wide: true });
  return {
    element: h("div", { class: "part" },
      baseUrl.element,
      // Without a user name field, password managers use the base URL as one.
      h("input", { type: "text", autocomplete: "username", hidden: true, "aria-hidden": "true" }),
      apiKey.element, keep.element, auth.element),
    read() {
      const found = { baseUrl: baseUrl.value(), apiKey: apiKey.value(), keepKey: keep.value(), auth: auth.value() };
      requireAddress("baseUrl", { kind: "api", ...found });
      if (lacksKey({ kind: "api", ...found })) throw refused("apiKey", texts.keyMissing);
      if (!KEY.test(found.apiKey)) throw refused("apiKey", texts.keyBroken);
      return found;
    },
  };
}

// The user's own proxy, which has the key.
function proxyPart(now, errors) {
  const mine = now.kind === "proxy" ? now : { baseUrl: PROXY_PATH, cookies: true };
  const baseUrl = field(errors, "proxy", texts.proxy, { class: "mono", value: mine.baseUrl }, texts.proxyHint);
  const cookies = checkbox("cookies", mine.cookies, texts.cookies);
  return {
    element: h("div", { class: "part" }, baseUrl.element, cookies.element),
    read() {
      requireAddress("proxy", { kind: "proxy", baseUrl: baseUrl.value() });
      return { baseUrl: baseUrl.value(), apiKey: "", cookies: cookies.value() };
    },
  };
}

// The defaults for new agents and calls.
function scopePart(now, errors) {
  const organization = field(errors, "organizationId", texts.organization, { class: "mono", value: now.organizationId }, texts.organizationHint);
  const subAccount = field(errors, "subAccountId", texts.subAccount, { class: "mono", value: now.subAccountId });
  return {
    element: h("div", { class: "part" }, organization.element, subAccount.element),
    read: () => ({ organizationId: organization.value(), subAccountId: subAccount.value() }),
  };
}

function requireAddress(field, { kind, baseUrl }) {
  if (!baseUrl) throw refused(field, texts.addressMissing);
  const problem = addressProblem({ kind, baseUrl });
  if (problem) throw refused(field, texts.addressWrong[problem](kind));
}

/** Like errors of the package, these name their field. */
export const refused = (name, message) => Object.assign(new Error(message), { code: "validation", field: name });

function field(errors, name, label, attributes, hint) {
  const control = h("input", { name, autocomplete: "off", spellcheck: "false", ...attributes });
  return { element: makeField(errors, control, { label, hint }), value: () => control.value.replace(SPACES, "") };
}

function checkbox(name, checked, label) {
  const control = h("input", { type: "checkbox", name, id: newId(name), checked });
  return { element: h("div", { class: "keep hint" }, control, h("label", { for: control.id }, label)), value: () => control.checked };
}
