// Attacks on a proxy, byte by byte, and the status of each response. None of them may reach the API.
// They need a socket and nothing else.

import { connect } from "node:net";
import { PATH } from "./app.mjs";

const JSON_TYPE = "content-type: application/json";
const MESSAGE = JSON.stringify({ content: "hi", ai: false, conversation_id: "c", channel: "sms" });
const MEGABYTE = "a".repeat(1 << 20);

/** A request in one piece. `headers` follow those that the app's own page sends. */
const get = (path, ...headers) => ({ head: [`GET ${path} HTTP/1.1`, "cookie: session=mia", ...headers], body: "" });
const post = (body, ...headers) => ({
  head: [`POST ${PATH}/send-message HTTP/1.1`, "cookie: session=mia", ...headers],
  body,
  own: true,
});
const message = (...headers) => post(MESSAGE, JSON_TYPE, ...headers);
const agent = (id) => get(`${PATH}/get-agent/${id}`);

/** [name, request, the accepted statuses]. An HTTP server may refuse some before the proxy sees them. */
export const attacks = [
  ["an operation that is not allowed", { ...post('{"agent_id":"a"}', JSON_TYPE), head: [`POST ${PATH}/archive-agent HTTP/1.1`, "cookie: session=mia", JSON_TYPE] }, [403]],
  ["an unknown operation", get(`${PATH}/delete-agent/a`), [404]],
  ["the path alone", get(PATH), [404]],
  ["another path", get("/api/other/get-agent/a"), [404]],
  ["a parent segment", get(`${PATH}/../get-agent/a`), [404]],
  ["two dots as an id", agent(".."), [400, 404]],
  ["encoded dots as an id", agent("%2e%2e"), [400, 404]],
  ["an encoded parent segment", agent("%2e%2e%2fsend-message"), [400]],
  ["an encoded slash", agent("a%2fb"), [400]],
  ["an encoded backslash", agent("a%5cb"), [400]],
  ["a second slash", agent("/a"), [400]],
  ["a second slash in front", get(`/${PATH}/get-agent/a`), [404]],
  ["a double encoding", agent("%252e%252e%252f"), [400]],
  ["NUL", agent("a%00b"), [400]],
  ["half a character", agent("%ff"), [400]],
  ["a line break", agent("a%0d%0ax-api-key:%20b"), [400]],
  ["an extra segment", agent("a/b"), [400]],
  // workerd itself responds with 500.
  ["another host", get(`http://evil.test${PATH}/get-agent/a`), [400, 404, 500]],
  ["a scheme as an id", agent("https://evil.test"), [400]],
  ["an id of a megabyte", agent(MEGABYTE), [400, 414, 431]],
  ["an id of 201 characters", agent("a".repeat(201)), [400]],
  ["an unknown query parameter", get(`${PATH}/get-agent/a?admin=1`), [400]],
  ["a repeated query parameter", get(`${PATH}/get-contact-messages/a?limit=1&limit=2`), [400]],
  ["a query parameter that is not a number", get(`${PATH}/get-contact-messages/a?limit=1e9`), [400]],
  ["the method of another operation", get(`${PATH}/send-message`), [405]],
  ["a method override in a header", { ...message("x-http-method-override: GET"), head: [`POST ${PATH}/get-agent/a HTTP/1.1`, "cookie: session=mia", JSON_TYPE, "x-http-method-override: GET"] }, [405]],
  ["DELETE", { ...get(`${PATH}/get-agent/a`), head: [`DELETE ${PATH}/get-agent/a HTTP/1.1`, "cookie: session=mia"], own: true }, [405]],
  ["no session", { ...message(), head: [`POST ${PATH}/send-message HTTP/1.1`, JSON_TYPE] }, [401]],
  ["no session, with an API key", { ...message(), head: [`POST ${PATH}/send-message HTTP/1.1`, JSON_TYPE, "x-api-key: cfy_sandbox", "authorization: Bearer cfy_sandbox"] }, [401]],
  ["a wrong origin", { ...message("origin: https://evil.test"), own: false }, [403]],
  ["no origin", { ...message(), own: false }, [403]],
  ["no origin, from another site", { ...message("sec-fetch-site: cross-site"), own: false }, [403]],
  ["the origin null", { ...message("origin: null"), own: false }, [403]],
  ["a page of another origin that reads", get(`${PATH}/get-agent/a`, "origin: https://evil.test"), [403]],
  ["a preflight of another origin", { head: [`OPTIONS ${PATH}/send-message HTTP/1.1`, "origin: https://evil.test", "access-control-request-method: POST"], body: "" }, [403]],
  ["a wrong origin, from the same site", { ...message("origin: https://evil.test", "sec-fetch-site: same-site"), own: false }, [403]],
  ["a wrong origin, with two Sec-Fetch-Site headers", { ...message("origin: https://evil.test", "sec-fetch-site: same-origin", "sec-fetch-site: cross-site"), own: false }, [403]],
  ["two origins", { ...message("origin: https://evil.test", "origin: https://other.test"), own: false }, [403]],
  ["an origin with a path", { ...message("origin: https://evil.test/own.test"), own: false }, [403]],
  ["an origin of another scheme", { ...message("origin: capacitor://localhost"), own: false }, [403]],
  ["a host in forwarding headers", { ...message("origin: https://evil.test", "x-forwarded-host: evil.test", "forwarded: host=evil.test"), own: false }, [403]],
  // workerd itself responds with 500 to the next three.
  ["a user in the host", { ...message("origin: https://evil.test"), own: false, host: (host) => `evil.test@${host}` }, [400, 403, 500]],
  ["a path in the host", { ...message("origin: https://evil.test"), own: false, host: (host) => `${host}/evil.test` }, [400, 403, 500]],
  ["an invalid port", { ...message("origin: https://evil.test"), own: false, host: () => "evil.test:99999" }, [400, 403, 500]],
  ["an encoded parent segment with a trailing slash", agent("%2e%2e%2f/"), [400]],
  ["two trailing slashes", agent("a//"), [400]],
  ["forged session headers", { ...message("x-user: admin"), head: [`POST ${PATH}/send-message HTTP/1.1`, JSON_TYPE, "x-user: admin", "x-session: admin"] }, [401]],
  ["Content-Length with Transfer-Encoding", { ...post("0\r\n\r\n", JSON_TYPE, "transfer-encoding: chunked", "content-length: 5"), raw: true }, [400]],
  ["a header on the continuation line of another", { ...message(), head: [`POST ${PATH}/send-message HTTP/1.1`, JSON_TYPE, "x-a: b\r\n cookie: session=mia"] }, [400, 401]],
  ["a form", post("content=hi", "content-type: application/x-www-form-urlencoded"), [415]],
  ["text", post(MESSAGE, "content-type: text/plain"), [415]],
  ["no body", post("", JSON_TYPE), [400]],
  ["invalid JSON", post("{", JSON_TYPE), [400]],
  ["an array", post("[]", JSON_TYPE), [400]],
  ["invalid UTF-8", post(Buffer.from([0x22, 0xff, 0x22]), JSON_TYPE), [400]],
  ["JSON 10 000 deep", post(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, JSON_TYPE), [400]],
  ["__proto__", post('{"__proto__":{"content":"hi"}}', JSON_TYPE), [400]],
  ["an extra field", post(MESSAGE.replace("{", '{"admin":true,'), JSON_TYPE), [400]],
  ["an invalid field", post(MESSAGE.replace("sms", "fax"), JSON_TYPE), [400]],
  ["65 537 bytes", post(" ".repeat(65_537), JSON_TYPE), [413]],
  ["100 MB with a Content-Length", { ...post("", JSON_TYPE, `content-length: ${100 << 20}`), raw: true }, [413]],
  ["100 MB in chunks", { ...post("", JSON_TYPE, "transfer-encoding: chunked"), raw: true, megabytes: 100 }, [413]],
  ["a request body that never arrives", { ...post("{", JSON_TYPE, "content-length: 100"), raw: true }, [400]],
  ["an idempotency key of a megabyte", message(`idempotency-key: "${MEGABYTE}"`), [400, 431]],
  ["an idempotency key of 256 characters", message(`idempotency-key: "${"k".repeat(256)}"`), [400]],
  ["an idempotency key with a tab", message('idempotency-key: "a\tb"'), [400]],
  ["an empty idempotency key", message('idempotency-key: ""'), [400]],
  ["an authorize that throws", message("x-mistake: throw"), [500]],
  ["an authorize that returns an invalid value", message("x-mistake: nonsense"), [500]],
  ["an authorize that hangs", message("x-mistake: hang"), [503]],
];

/** The bytes of a request. */
const bytesOf = ({ head, body, own, raw, host: hostOf = (it) => it }, host) => {
  const lines = [...head, `host: ${hostOf(host)}`, "connection: close"];
  if (own && !head.some((line) => line.startsWith("origin:"))) lines.push(`origin: http://${host}`);
  if (body.length && !raw) lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);
};

/** Sends chunks for as long as the server reads them. */
const flood = (socket, megabytes) => {
  const chunk = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(1 << 20, " "), Buffer.from("\r\n")]);
  const more = () => {
    while (megabytes-- > 0) if (!socket.write(chunk)) return socket.once("drain", more);
  };
  more();
};

/** Sends a request. Resolves to the status and the text of the response. */
export const attack = (request, url) =>
  new Promise((resolve) => {
    const { hostname, port, host } = new URL(url);
    let text = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytesOf(request, host));
      if (request.megabytes) flood(socket, request.megabytes);
    });
    socket.setEncoding("utf8");
    const end = () => {
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
      resolve({ status, text });
    };
    // The status is enough: some servers leave the connection open for the rest of a request body.
    socket.on("data", (piece) => {
      text += piece;
      if (/\r\n\r\n[\s\S]*\}/.test(text)) end();
    });
    socket.on("error", end).on("close", end);
  });
