// The listener of centerfy/otel accepts an OpenTelemetry tracer.
import { trace } from "@opentelemetry/api";
import { Centerfy } from "centerfy";
import { traced } from "centerfy/otel";

export const centerfy = new Centerfy({ proxy: "/api", onEvent: traced(trace.getTracer("app")) });
