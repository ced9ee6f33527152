/** The parts of Node's requests and responses that are used, including what frameworks and adapters change. */

/** Node's `IncomingMessage` or `Http2ServerRequest`, or an adapter's imitation. Only `headers` is always there. */
export interface Incoming {
  method?: string;
  /** Without the mount path, in frameworks that remove it. */
  url?: string;
  /** The original URL, in frameworks that change `url`. */
  originalUrl?: string;
  /** The mount path, in Express. */
  baseUrl?: string;
  /** `http` or `https`, in Express, which considers its setting `trust proxy`. */
  protocol?: string;
  headers: Record<string, string | string[] | undefined>;
  socket?: { encrypted?: boolean };
  /** What a body parser left. */
  body?: unknown;
  readable?: boolean;
  readableEnded?: boolean;
  readableDidRead?: boolean;
  /** Whether the stream is flowing, because something else listens to it. */
  readableFlowing?: boolean | null;
  on?(event: "data", listener: (piece: Uint8Array | string) => void): unknown;
  on?(event: "end" | "close", listener: () => void): unknown;
  on?(event: "error", listener: (error: unknown) => void): unknown;
  removeListener?(event: string, listener: (it: any) => void): unknown;
  pause?(): unknown;
  resume?(): unknown;
  destroy?(): unknown;
}

/** Headers, as `writeHead` takes them. */
export type OutgoingHeaders = Record<string, string | string[]>;

/** Node's `ServerResponse` or `Http2ServerResponse`, or an adapter's imitation. */
export interface Outgoing {
  /** Whether a response was sent, for example by a middleware with a timeout. */
  headersSent?: boolean;
  writableEnded?: boolean;
  destroyed?: boolean;
  once(event: "close" | "finish", listener: () => void): unknown;
  writeHead(status: number, headers: OutgoingHeaders): unknown;
  end(body: string | Uint8Array): unknown;
}

/** What a framework keeps elsewhere than in Node's request. */
export interface HandlerExtras {
  body?: unknown;
  context?: readonly unknown[];
}

/** A proxy. `path` is where it is mounted, with a trailing slash. */
export interface Proxy {
  (request: Request, ...context: any[]): Promise<Response>;
  path?: string;
}
