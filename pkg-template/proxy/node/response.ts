/** Writes a `Response` to Node's response. */
import { SECURITY_HEADERS } from "../refusal.js";
import type { Outgoing, OutgoingHeaders } from "./shapes.js";

/** Statuses without a body and a content length. */
const isWithoutBody = (status: number) => status === 204 || status === 304;

const send = (outgoing: Outgoing, status: number, headers: OutgoingHeaders, body: string | Uint8Array) => {
  if (outgoing.headersSent || outgoing.destroyed) return;
  outgoing.writeHead(status, headers);
  outgoing.end(body);
};

/** Refuses a request that does not reach the proxy. */
export const refuse = (outgoing: Outgoing, status: number, message: string) =>
  send(outgoing, status, { ...SECURITY_HEADERS, "content-type": "application/json" }, JSON.stringify({ error: true, message }));

const headersOf = ({ headers }: Response): OutgoingHeaders => {
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(headers), ...(cookies.length && { "set-cookie": cookies }) };
};

export const write = async (outgoing: Outgoing, response: Response) => {
  const { status } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const length: OutgoingHeaders = isWithoutBody(status) ? {} : { "content-length": String(bytes.length) };
  send(outgoing, status, { ...headersOf(response), ...length }, bytes);
};
