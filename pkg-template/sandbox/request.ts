/** Reads the arguments of `fetch`. */
import { HOW_TO_REACH, connectionError } from "./errors.js";

/** A request. */
export interface Outgoing {
  url: URL;
  method: string;
  /** Pairs with names in lowercase. */
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
  signal: AbortSignal | undefined;
  redirect: RequestRedirect;
}

/** The methods that `fetch` converts to uppercase. */
const KNOWN = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

export async function read(input: string | URL | Request, init: RequestInit = {}): Promise<Outgoing> {
  const request = isRequest(input) ? input : undefined;
  const signal = (init.signal === undefined ? request?.signal : init.signal) ?? undefined;
  if (signal?.aborted) throw reason(signal);
  const url = parse(request?.url ?? String(input));
  const method = normalized(init.method ?? request?.method ?? "GET");
  const headers = pairs(init.headers ?? request?.headers);
  const body = init.body ?? undefined;
  if ((body !== undefined || request?.body) && (method === "GET" || method === "HEAD")) {
    throw new TypeError(`a request with the method ${method} cannot have a body`);
  }
  const read = await unlessAborted(signal, body === undefined ? bodyOf(request) : bytes(body));
  if (read.type && !headers.some(([name]) => name === "content-type")) headers.push(["content-type", read.type]);
  return { url, method, headers, body: read.bytes, signal, redirect: init.redirect ?? request?.redirect ?? "follow" };
}

/** The reason of an aborted signal. */
export const reason = (signal: AbortSignal): unknown =>
  signal.reason ?? new DOMException("This operation was aborted", "AbortError");

/** Also true for a `Request` of another global object. */
const isRequest = (input: string | URL | Request): input is Request => typeof input === "object" && "url" in input;

function parse(url: string): URL {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw connectionError(`${JSON.stringify(url)} is not an absolute URL; ${HOW_TO_REACH}`);
  }
}

function normalized(method: string): string {
  const uppercase = method.toUpperCase();
  return KNOWN.includes(uppercase) ? uppercase : method;
}

function pairs(headers: HeadersInit | undefined): [string, string][] {
  if (headers === undefined) return [];
  // `Headers` also refuses invalid names and values.
  if (globalThis.Headers) return [...new Headers(headers)];
  const entries = Array.isArray(headers) ? headers : Object.entries(headers);
  return entries.map(([name, value]) => [String(name).toLowerCase(), String(value).trim()]);
}

interface Body {
  bytes: Uint8Array<ArrayBuffer>;
  type?: string | null;
}

async function bodyOf(request: Request | undefined): Promise<Body> {
  return { bytes: request?.body ? new Uint8Array(await request.arrayBuffer()) : new Uint8Array() };
}

async function bytes(body: BodyInit): Promise<Body> {
  if (typeof body === "string") {
    return { bytes: new TextEncoder().encode(body), type: "text/plain;charset=UTF-8" };
  }
  const read = new Response(body);
  // Read before the body: Bun removes the header with it.
  const type = read.headers.get("content-type");
  return { bytes: new Uint8Array(await read.arrayBuffer()), type };
}

/** Waits for a body, which may never end, until the signal aborts. */
async function unlessAborted(signal: AbortSignal | undefined, body: Promise<Body>): Promise<Body> {
  if (signal === undefined) return body;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => (abort = () => reject(reason(signal))));
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([body, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
