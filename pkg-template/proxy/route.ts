/** Finds the operation of a request, in the client's own table. */
import { Payload } from "../generated/protocol.js";
import { operations, type Spec } from "../generated/tables.js";
import { Refusal } from "./refusal.js";

/** The operation of a request, and its parameters. */
export interface Route {
  spec: Spec;
  /** The path parameter, if the operation has one. */
  id: string | undefined;
  /** The query parameters, if the operation takes any. */
  query: Record<string, unknown> | undefined;
}

/** Ids of the API are UUIDs and SIDs. Any other character in a path segment could lead to another path. */
const ID = /^(?!\.+$)[\w.:~-]{1,200}$/;

/** How much of a path is shown in a message. */
const MAX_SHOWN_CHARACTERS = 100;

const decode = (segment: string): string => {
  let id = "";
  try {
    id = decodeURIComponent(segment);
  } catch {}
  if (!ID.test(id)) {
    throw new Refusal(400, "The path parameter must consist of 1 to 200 letters, digits, `.`, `_`, `:`, `~` or `-`");
  }
  return id;
};

/** Reads query parameters: those of the operation, each at most once. */
const readQuery = (spec: Spec, search: URLSearchParams): Record<string, unknown> | undefined => {
  const known = spec._payload === Payload.Query ? spec._fields : [];
  const query: Record<string, unknown> = {};
  for (const [name, value] of search) {
    if (!known.includes(name) || name in query) throw new Refusal(400, `${spec._name}: a query parameter is unknown or repeated`);
    query[name] = /^\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return Object.keys(query).length ? query : undefined;
};

/** Some frameworks append a slash to every path. */
const withoutSlash = (text: string) => text.replace(/\/$/, "");

/** The operation of a request. `path` is where the proxy is mounted, with a trailing slash. */
export const routeOf = (path: string, method: string, { pathname, searchParams }: URL): Route => {
  const rest = pathname.startsWith(path) ? pathname.slice(path.length) : "";
  const spec = operations.find(({ _path, _idInPath }) => (_idInPath ? rest.startsWith(_path) : withoutSlash(rest) === _path));
  if (!spec) {
    const shown = pathname.slice(0, MAX_SHOWN_CHARACTERS);
    throw new Refusal(404, `No operation has the path ${shown}; the proxy's \`path\` option is ${path === "/" ? path : withoutSlash(path)}`);
  }
  if (method !== spec._method) throw new Refusal(405, `${spec._name} requires the method ${spec._method}`, { allow: spec._method });
  const id = spec._idInPath ? decode(withoutSlash(rest.slice(spec._path.length))) : undefined;
  return { spec, id, query: readQuery(spec, searchParams) };
};
