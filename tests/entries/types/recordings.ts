// The URL of a recording fits media elements and streams of pages.
import { Centerfy } from "centerfy";
import { recordingUrl } from "centerfy/recordings";

const recording = recordingUrl(new Centerfy({ proxy: "/api" }), "call", { fetch });
const url: string = await recording.ready({ timeout: 1_000, signal: new AbortController().signal });
await recording.save(new WritableStream<Uint8Array>());
await recording.save((chunk) => chunk.byteLength);
const release: () => void = recording.bind(document.querySelector("audio")!, { onError: console.error });
recording.bind(document.createElement("video"));
export { release, url };
