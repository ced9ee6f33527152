/** An answer, written into Node's response. */
import { EVERY } from "../refusal.js";
import type { Outgoing, OutgoingHeaders } from "./shapes.js";

/** Statuses whose answers have no body, and no length of one. */
const isWithoutBody = (status: number) => status === 204 || status === 304;

const send = (outgoing: Outgoing, status: number, headers: OutgoingHeaders, body: string | Uint8Array) => {
  if (outgoing.headersSent || outgoing.destroyed) return;
  outgoing.writeHead(status, headers);
  outgoing.end(body);
};

/** A refusal without the proxy. */
export const refuse = (outgoing: Outgoing, status: number, message: string) =>
  send(outgoing, status, { ...EVERY, "content-type": "application/json" }, JSON.stringify({ error: true, message }));

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
