/** Reads what a `fetch` was given. */
import { WAY_IN, broken } from "./errors.js";

/** A request, whatever it was given as. */
export interface Outgoing {
  url: URL;
  method: string;
  /** Names in small letters. */
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
  signal: AbortSignal | undefined;
  redirect: RequestRedirect;
}

/** The methods that `fetch` writes in capitals. */
const KNOWN = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

export async function read(input: string | URL | Request, init: RequestInit = {}): Promise<Outgoing> {
  const request = isRequest(input) ? input : undefined;
  const signal = (init.signal === undefined ? request?.signal : init.signal) ?? undefined;
  if (signal?.aborted) throw reason(signal);
  const url = parse(request?.url ?? String(input));
  const method = normal(init.method ?? request?.method ?? "GET");
  const headers = pairs(init.headers ?? request?.headers);
  const body = init.body ?? undefined;
  if ((body !== undefined || request?.body) && (method === "GET" || method === "HEAD")) {
    throw new TypeError(`a request with the method ${method} cannot have a body`);
  }
  const read = await unlessAborted(signal, body === undefined ? bodyOf(request) : bytes(body));
  if (read.type && !headers.some(([name]) => name === "content-type")) headers.push(["content-type", read.type]);
  return { url, method, headers, body: read.bytes, signal, redirect: init.redirect ?? request?.redirect ?? "follow" };
}

/** Why a signal aborted. */
export const reason = (signal: AbortSignal): unknown =>
  signal.reason ?? new DOMException("This operation was aborted", "AbortError");

/** Also one of another realm. */
const isRequest = (input: string | URL | Request): input is Request => typeof input === "object" && "url" in input;

function parse(url: string): URL {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw broken(`${JSON.stringify(url)} is no absolute URL; ${WAY_IN}`);
  }
}

function normal(method: string): string {
  const capitals = method.toUpperCase();
  return KNOWN.includes(capitals) ? capitals : method;
}

function pairs(headers: HeadersInit | undefined): [string, string][] {
  if (headers === undefined) return [];
  // The real one also refuses what no header may be.
  if (globalThis.Headers) return [...new Headers(headers)];
  const given = Array.isArray(headers) ? headers : Object.entries(headers);
  return given.map(([name, value]) => [String(name).toLowerCase(), String(value).trim()]);
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
  // Bun forgets it when the body is read.
  const type = read.headers.get("content-type");
  return { bytes: new Uint8Array(await read.arrayBuffer()), type };
}

/** A body may take its time, or never end. */
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
