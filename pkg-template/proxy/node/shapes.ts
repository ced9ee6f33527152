/** What is used of Node's requests and responses, and of what frameworks and adapters make of them. */

/** Node's `IncomingMessage` or `Http2ServerRequest`, or an adapter's stand-in for one. Only `headers` is always there. */
export interface Incoming {
  method?: string;
  /** Without the path of a mount point, in frameworks that cut it off. */
  url?: string;
  /** The URL as it came, in frameworks that change `url`. */
  originalUrl?: string;
  /** The path of Express's mount point. */
  baseUrl?: string;
  /** `http` or `https`, as Express and its option `trust proxy` see it. */
  protocol?: string;
  headers: Record<string, string | string[] | undefined>;
  socket?: { encrypted?: boolean };
  /** What a parser of bodies has made of it. */
  body?: unknown;
  readable?: boolean;
  readableEnded?: boolean;
  readableDidRead?: boolean;
  /** Whether it flows already, because something else listens to it. */
  readableFlowing?: boolean | null;
  on?(event: "data", heard: (piece: Uint8Array | string) => void): unknown;
  on?(event: "end" | "close", heard: () => void): unknown;
  on?(event: "error", heard: (error: unknown) => void): unknown;
  removeListener?(event: string, heard: (it: any) => void): unknown;
  pause?(): unknown;
  resume?(): unknown;
  destroy?(): unknown;
}

/** Headers, as `writeHead` takes them. */
export type OutgoingHeaders = Record<string, string | string[]>;

/** Node's `ServerResponse` or `Http2ServerResponse`, or an adapter's stand-in for one. */
export interface Outgoing {
  /** It was answered already, for example by a middleware with a timeout. */
  headersSent?: boolean;
  writableEnded?: boolean;
  destroyed?: boolean;
  once(event: "close" | "finish", heard: () => void): unknown;
  writeHead(status: number, headers: OutgoingHeaders): unknown;
  end(body: string | Uint8Array): unknown;
}

/** What a framework keeps elsewhere than in Node's request. */
export interface Passed {
  body?: unknown;
  context?: readonly unknown[];
}

/** What a proxy is here. `path` is where it is mounted, with a slash at its end. */
export interface Proxy {
  (request: Request, ...context: any[]): Promise<Response>;
  path?: string;
}
