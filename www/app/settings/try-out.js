// Tries a connection with one read before the page uses it, and explains what is wrong.

import { makeClient } from "../client.js";
import { API_URL } from "../connection.js";
import { refused } from "./settings-form.js";
import { explainHere } from "../states/errors.js";
import { words } from "../states/explain.js";
import * as shell from "../texts/shell.js";

const { trial: texts } = shell.settings;

/** No agent has this id. A 404 from the API shows that it is reachable and accepts the key. */
const NO_AGENT = "connection-test";
const OPTIONS = { maxRetries: 0, attemptTimeout: 15_000, timeout: 20_000 };
/** The start of the operations' paths. */
const API = /^(.*\/crm-api)\/+[^/].*$/;

/** Resolves with the client for `connection`; rejects with an error that names its `field` if it does not work. */
export async function tryOut(connection) {
  const { kind, baseUrl } = connection;
  const field = kind === "proxy" ? "proxy" : "baseUrl";
  const longer = kind === "api" && API.exec(baseUrl);
  if (longer) throw refused(field, texts.pathTooLong(longer[1]));
  const client = await makeClient(connection);
  // The sandbox is part of the page or its server.
  if (kind === "sandbox") return client;
  let answer;
  try {
    answer = await client.getAgent(NO_AGENT, OPTIONS);
  } catch (error) {
    if (!isAnswered(error, kind)) throw inWords(error, connection, field);
    return client;
  }
  if (typeof answer?.id !== "string") throw refused(field, texts.other[kind](hostOf(baseUrl), API_URL));
  return client;
}

/** Whether the error is one that the API or a proxy answers, so that the address is right. */
function isAnswered({ code, body }, kind) {
  if (typeof body?.message !== "string" || body.error !== true) return false;
  if (code === "not_found") return !/endpoint|route|path\b/i.test(body.message);
  // A person can sign in at the proxy's site later.
  return ["bad_request", "permission", "rate_limited"].includes(code) || (kind === "proxy" && code === "authentication");
}

function inWords(error, { kind, baseUrl }, field) {
  const host = hostOf(baseUrl);
  if (error.code === "validation") return error;
  if (error.code === "authentication") return refused(kind === "api" ? "apiKey" : field, texts.keyRefused(host, error.body?.message));
  if (error.code === "network") return refused(field, navigator.onLine ? texts.silent[kind](host, location.origin) : explainHere(error).title);
  if (["timeout", "server"].includes(error.code)) return refused(field, texts.failed(host, words(error)));
  return refused(field, texts.other[kind](host, API_URL));
}

const hostOf = (baseUrl) => new URL(baseUrl, document.baseURI).host;
