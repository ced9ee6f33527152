/** Turns an operation and its arguments into a request, or into the error that explains why it is invalid. */
import { parse } from "./response.js";
import type { Outgoing } from "./attempt.js";
import { invalid, refused, type Issue } from "./error.js";
import { field as check } from "./generated/module.js";
import { Kind, Payload } from "./generated/protocol.js";
import { faults, words, type Spec } from "./generated/tables.js";
import { resolveBase, type Client } from "./options.js";
import { isPlain } from "./plain.js";

/** The kind of a value, as the checks distinguish them. */
const kindOf = (value: unknown): Kind => {
  if (value === undefined) return Kind.Absent;
  if (value === false) return Kind.False;
  if (value === true) return Kind.True;
  if (typeof value === "number") return Kind.Number;
  if (typeof value === "string") return Kind.String;
  return value && typeof value === "object" && !Array.isArray(value) ? Kind.Object : Kind.Other;
};

/** The value of a number, or the length of a string in characters (Unicode code points). */
const sizeOf = (value: any): number =>
  typeof value === "number" ? value : typeof value !== "string" ? 0 : /[\ud800-\udfff]/.test(value) ? [...value].length : value.length;

/**
 * The JSON of a request at the time of the call. A value that is not plain data (an instance with getters or
 * `toJSON`) is validated as its JSON, because the JSON is sent.
 */
export const write = ({ _payload: payload, _arity: arity }: Spec, args: unknown[]): string | undefined => {
  const request = args[arity - 1];
  if (payload === Payload.Nothing) return;
  try {
    return JSON.stringify(payload === Payload.AgentId ? { agent_id: request } : request);
  } catch {
    // The checks report what is wrong with it.
    return;
  }
};

/** Describes a value in an error by its type, because it may be private; a number by its value. */
const got = (value: unknown) =>
  typeof value === "number" || value === null ? value : value === "" ? "an empty string" : typeof value;

/** Validates all fields of a request, in the order of the table, and prepares it for sending. */
export const prepare = (client: Client, spec: Spec, args: unknown[], json: string | undefined): Outgoing => {
  const { _name: name, _method: method, _payload: payload, _fields: fields } = spec;
  const last = spec._arity - 1;
  const given: any = args[last];
  const isJson = fields.length > spec._arity && json && given === Object(given) && !isPlain(given);
  const request = isJson ? parse(json) : given;
  // JSON omits the content of a promise, a Map, a form or bytes, or does not represent it as fields.
  if (isJson && (given.then || fields.every((field) => request?.[field] === undefined))) {
    throw invalid(fields[last]!, "a plain object" + (given.then ? ", got a promise: await it" : ""), name);
  }
  const issues: Issue[] = [];
  let query = "";
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const value = i < last ? args[i] : i > last ? request?.[field] : request;
    const kind = kindOf(value);
    const fault = faults[check(spec._firstField + i, kind, sizeOf(value), words.indexOf(value))];
    if (fault) issues.push({ field, message: kind === Kind.Absent ? fault : `${fault}, got ${got(value)}` });
    // A property that is inherited, or a getter of a class, would not be sent.
    else if (isJson && kind === Kind.Absent && !given.toJSON && given[field] !== undefined) {
      issues.push({ field, message: "must be an own property" });
    } else if (payload === Payload.Query && i > last && kind !== Kind.Absent) query += `${query ? "&" : "?"}${field}=${value}`;
    // Without a request, its fields are not missing.
    if (fault && i === last) break;
  }
  if (issues[0]) throw refused(issues, name);
  const hasBody = method !== "GET";
  if (hasBody && !json) throw invalid(fields[last]!, "serializable as JSON", name);
  const base = resolveBase(client, name) + spec._path;
  try {
    const path = spec._idInPath ? base + encodeURIComponent(args[0] as string) : base;
    return {
      url: path + client._end + query,
      _once: client._once,
      method,
      headers: hasBody ? client._jsonHeaders : client._headers,
      body: hasBody ? json : undefined,
    };
  } catch {
    throw invalid(fields[0]!, "well-formed Unicode", name);
  }
};
