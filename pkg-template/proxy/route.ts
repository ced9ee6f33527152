/** Which operation a request asks for, by the client's own table. */
import { Payload } from "../generated/protocol.js";
import { operations, type Spec } from "../generated/tables.js";
import { Refusal } from "./refusal.js";

/** Where a request leads. */
export interface Route {
  spec: Spec;
  /** The id in the path, where the operation has one there. */
  id: string | undefined;
  /** What the query has, where the operation takes one. */
  query: Record<string, unknown> | undefined;
}

/** The ids of the API are UUIDs and SIDs. What else a path segment may contain could be another path. */
const ID = /^(?!\.+$)[\w.:~-]{1,200}$/;

/** How much of a path is repeated in a message. */
const LONGEST_SHOWN = 100;

const decode = (segment: string): string => {
  let id = "";
  try {
    id = decodeURIComponent(segment);
  } catch {}
  if (!ID.test(id)) {
    throw new Refusal(400, "The id in the path must be 1 to 200 letters, digits, `.`, `_`, `:`, `~` and `-`");
  }
  return id;
};

/** Numbers, each given once, of the names that the operation has. */
const readQuery = (spec: Spec, search: URLSearchParams): Record<string, unknown> | undefined => {
  const known = spec._payload === Payload.Query ? spec._fields : [];
  const query: Record<string, unknown> = {};
  for (const [name, value] of search) {
    if (!known.includes(name) || name in query) throw new Refusal(400, `${spec._name}: there is no such query`);
    query[name] = /^\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return Object.keys(query).length ? query : undefined;
};

/** Some frameworks put a slash at the end of every path. */
const withoutSlash = (text: string) => text.replace(/\/$/, "");

/** The operation for a request. `path` is where the proxy is mounted, with a slash at its end. */
export const routeOf = (path: string, method: string, { pathname, searchParams }: URL): Route => {
  const rest = pathname.startsWith(path) ? pathname.slice(path.length) : "";
  const spec = operations.find(({ _path, _idInPath }) => (_idInPath ? rest.startsWith(_path) : withoutSlash(rest) === _path));
  if (!spec) {
    const shown = pathname.slice(0, LONGEST_SHOWN);
    throw new Refusal(404, `No operation is at ${shown}: the proxy's path is ${path === "/" ? path : withoutSlash(path)}`);
  }
  if (method !== spec._method) throw new Refusal(405, `${spec._name} is asked for by ${spec._method}`, { allow: spec._method });
  const id = spec._idInPath ? decode(withoutSlash(rest.slice(spec._path.length))) : undefined;
  return { spec, id, query: readQuery(spec, searchParams) };
};
