/** The entry `centerfy/otel`: traces calls with OpenTelemetry. */
import type { CenterfyEvent, EndEvent, Operation } from "../types.js";
import type { SpanLike, TracerLike } from "./api.js";

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR` of `@opentelemetry/api`, which is not imported. */
const CLIENT = 2;
const ERROR = 2;

const METHODS: Record<string, string> = { get: "GET", update: "PUT" };
const PORTS: Record<string, number> = { http: 80, https: 443 };

const methodOf = (operation: Operation) => METHODS[/^[a-z]+/.exec(operation)![0]] ?? "POST";

/** The attributes of a URL. Whatever follows the name of the operation is an id. */
const urlAttributes = (url: string, operation: Operation): Record<string, string | number> => {
  const [, origin = "", scheme = "", host = "", port, path = ""] =
    /^((https?):\/\/(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?)?([^?#]*)/.exec(url)!;
  const segment = `/${operation.replace(/[A-Z]/g, "-$&").toLowerCase()}`;
  const at = path.indexOf(segment);
  if (at < 0) return {};
  const end = at + segment.length;
  const known = path.slice(0, end);
  const hasId = path.length > end + 1;
  const template = known + (hasId ? "/{id}" : "");
  if (!host) return { "url.template": template };
  return {
    "url.template": template,
    "url.full": origin + known + (hasId ? "/REDACTED" : ""),
    "server.address": host,
    "server.port": +(port ?? PORTS[scheme]!),
  };
};

const start = (tracer: TracerLike, { operation, url }: CenterfyEvent): SpanLike => {
  const method = methodOf(operation);
  const attributes = url ? urlAttributes(url, operation) : {};
  const template = attributes["url.template"] ?? "";
  return tracer.startSpan(`${method} ${template || operation}`, {
    kind: CLIENT,
    attributes: { "http.request.method": method, "centerfy.operation": operation, ...attributes },
  });
};

const end = (span: SpanLike, { outcome, attempts, queuedMs }: EndEvent) => {
  span.setAttributes({ "centerfy.queue_ms": queuedMs });
  if (attempts > 1) span.setAttributes({ "http.request.resend_count": attempts - 1 });
  if (outcome !== "success") span.setAttributes({ "error.type": outcome });
  // A caller that aborts its call is no error of the call.
  if (outcome !== "success" && outcome !== "aborted") span.setStatus({ code: ERROR });
  span.end();
};

/** Adds an event to the span, with what is known about the attempt. */
const record = (span: SpanLike, event: Exclude<CenterfyEvent, EndEvent>) => {
  const attributes: Record<string, string | number> = { "centerfy.attempt": event.attempt };
  if ("status" in event && event.status) attributes["http.response.status_code"] = event.status;
  if ("reason" in event) attributes["centerfy.reason"] = event.reason;
  if ("delayMs" in event) attributes["centerfy.delay_ms"] = event.delayMs;
  span.addEvent(`centerfy.${event.type}`, attributes);
  if (event.type !== "response" && event.type !== "failure") return;
  if (event.status) span.setAttributes({ "http.response.status_code": event.status });
  if (event.requestId) span.setAttributes({ "centerfy.request_id": event.requestId });
};

export const traced = (tracer: TracerLike) => {
  /** The spans of the calls in flight, by `callId`. */
  const spans = new Map<number, SpanLike>();
  return (event: CenterfyEvent): void => {
    const { callId } = event;
    const span = spans.get(callId) ?? start(tracer, event);
    spans.set(callId, span);
    if (event.type !== "end") return record(span, event);
    spans.delete(callId);
    end(span, event);
  };
};
