/** Makes a request from an operation and its arguments, or an error that says what is wrong. */
import { parse } from "../../../pkg-template/answer.js";
import type { Outgoing } from "../../../pkg-template/attempt.js";
import { invalid, refused } from "../../../pkg-template/error.js";
import { Payload } from "../../../pkg-template/generated/protocol.js";
import { resolveBase, type Client } from "../../../pkg-template/options.js";
import type { Operation } from "./operations.js";
import { fault } from "./validate.js";

/** The JSON of a request at the time of the call. */
export const write = ({ _payload: payload, _arity: arity }: Operation, args: unknown[]): string | undefined => {
  const request = args[arity - 1];
  if (payload === Payload.Nothing) return;
  try {
    return JSON.stringify(payload === Payload.AgentId ? { agent_id: request } : request);
  } catch {
    // The checks report what is wrong with it.
    return;
  }
};

/** Error messages do not repeat a value, unless it is a number. */
const got = (value: unknown) =>
  typeof value === "number" || value === null ? value : value === "" ? "an empty string" : typeof value;

/** Whether it is a plain object, also of another frame. */
const isPlain = (value: any): boolean => {
  if (value == null || value.toJSON) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
};

/** Checks the arguments and makes the request from them. */
export const prepare = (client: Client, operation: Operation, args: unknown[], json: string | undefined): Outgoing => {
  const { _name: name, _method: method, _payload: payload, _fields: fields } = operation;
  const last = operation._arity - 1;
  const given: any = args[last];
  const isRequest = payload === Payload.Body || payload === Payload.Query;
  const isJson = isRequest && json && !isPlain(given);
  const request = isJson ? parse(json) : given;
  if (isJson && json === "{}") {
    throw invalid(fields[last]!.name, "a plain object" + (given.then ? ", got a promise: await it" : ""), name);
  }
  let query = "";
  fields.forEach((field, i) => {
    const source = i > last ? given?.[field.name] : args[i];
    const value = i < last ? source : i > last ? request?.[field.name] : request;
    const problem = fault(field, value, request);
    if (problem) throw refused(field.name, value === undefined ? problem : `${problem}, got ${got(source)}`, name);
    if (payload === Payload.Query && i > last && value !== undefined) {
      query += `${query ? "&" : "?"}${field.name}=${value}`;
    }
  });
  const hasBody = method !== "GET";
  if (hasBody && !json) throw invalid(fields[last]!.name, "serializable as JSON", name);
  const url = resolveBase(client, name) + operation._path;
  try {
    return {
      url: operation._idInPath ? url + encodeURIComponent(args[0] as string) + query : url,
      method,
      headers: hasBody ? client._jsonHeaders : client._headers,
      body: hasBody ? json : undefined,
    };
  } catch {
    throw invalid(fields[0]!.name, "well-formed Unicode", name);
  }
};
