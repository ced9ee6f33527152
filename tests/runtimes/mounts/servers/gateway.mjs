/** An API Gateway on loopback: gives a Lambda's handler the events of version 1.0 or 2.0, whole bodies in them. */
import { createServer } from "node:http";
import { listen } from "./listen.mjs";

const { MOUNT_LAMBDA, MOUNT_EVENTS } = process.env;
const { handler } = await import(`./${MOUNT_LAMBDA}.mjs`);

const bodyOf = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return bytes.length ? bytes.toString("base64") : null;
};

/** As REST APIs give them: the names as they were sent, each value once and in a list. */
const v1 = ({ method, headers, socket }, { pathname, searchParams }, body) => {
  const query = Object.fromEntries(searchParams);
  const lists = (pairs) => Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name, [value]]));
  return {
    version: "1.0",
    resource: "/{proxy+}",
    path: pathname,
    httpMethod: method,
    headers,
    multiValueHeaders: lists(headers),
    queryStringParameters: searchParams.size ? query : null,
    multiValueQueryStringParameters: searchParams.size ? lists(query) : null,
    pathParameters: { proxy: pathname.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      httpMethod: method,
      path: pathname,
      protocol: "HTTP/1.1",
      requestId: "request",
      resourcePath: "/{proxy+}",
      stage: "$default",
      identity: { sourceIp: socket.remoteAddress, userAgent: headers["user-agent"] },
    },
    body,
    isBase64Encoded: body !== null,
  };
};

/** As HTTP APIs and function URLs give them: lower-case names, cookies apart. */
const v2 = ({ method, headers: { cookie, ...headers }, socket }, { pathname, search, searchParams }, body) => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: pathname,
  rawQueryString: search.slice(1),
  ...(cookie && { cookies: cookie.split("; ") }),
  headers,
  ...(searchParams.size && { queryStringParameters: Object.fromEntries(searchParams) }),
  requestContext: {
    accountId: "123456789012",
    apiId: "api",
    domainName: headers.host,
    http: { method, path: pathname, protocol: "HTTP/1.1", sourceIp: socket.remoteAddress, userAgent: headers["user-agent"] ?? "" },
    requestId: "request",
    routeKey: "$default",
    stage: "$default",
    time: "12/Mar/2026:19:03:58 +0000",
    timeEpoch: 1773342238000,
  },
  ...(body !== null && { body }),
  isBase64Encoded: body !== null,
});

const eventOf = { "1.0": v1, "2.0": v2 }[MOUNT_EVENTS];

listen(
  createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const answered = await handler(eventOf(request, url, await bodyOf(request)), { awsRequestId: "request" });
    const { statusCode, headers, multiValueHeaders, cookies, body = "", isBase64Encoded } = answered;
    response.writeHead(statusCode, { ...headers, ...multiValueHeaders, ...(cookies && { "set-cookie": cookies }) });
    response.end(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));
  }),
);
