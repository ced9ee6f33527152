// Recordings for the page's tests: a sound of any length, on another host than the API.

export const HOST = "https://recordings.example";
const RATE = 8_000;

/** A WAV file: a tone that swells and fades. */
export function wav(seconds) {
  const samples = Math.round(seconds * RATE);
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    const at = index / RATE;
    // A waveform like syllables in sentences.
    const loud = 0.15 + 0.85 * Math.abs(Math.sin(at * 2.1) * Math.sin(at * 0.37 + 0.6) * Math.cos(at * 7.3));
    file.writeInt16LE(Math.round(9_000 * loud * Math.sin(2 * Math.PI * 220 * at)), 44 + index * 2);
  }
  return file;
}

/**
 * Serves that recording to the page, with `answer` in place of the sandbox's. `bytes` says whether the
 * page may read it: "read"; "refused", to all but audio elements; or "cors", to all pages of other
 * origins. `works(url)` may be asynchronous. Returns the requests of each host.
 */
export async function recordingElsewhere(page, { seconds = 190, bytes = "read", works = () => true, ...answer } = {}) {
  const asked = [];
  const loaded = [];
  const body = wav(seconds);
  await page.route("**/get-call-recording/*", (route) => {
    asked.push(route.request());
    const id = new URL(route.request().url()).pathname.split("/").at(-1);
    return route.fulfill({ json: {
      call_id: id, call_sid: "CA00000000000000000000000000000001", recording_url: `${HOST}/${id}.wav?link=${asked.length}`, expires_in_seconds: 3600, ...answer,
    }, headers: { "access-control-allow-origin": "*" } });
  });
  await page.route(`${HOST}/**`, async (route) => {
    loaded.push(route.request());
    const refused = bytes === "refused" && route.request().resourceType() === "fetch";
    if (refused || !(await works(new URL(route.request().url())))) return route.fulfill({ status: 403, body: "expired" });
    return route.fulfill(partOf(body, route.request(), bytes));
  });
  return { asked, loaded };
}

function partOf(body, request, bytes) {
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers().range ?? "");
  // Without the header, Playwright lets every page read the answer.
  const headers = { "content-type": "audio/wav", "accept-ranges": "bytes", "access-control-allow-origin": bytes === "cors" ? HOST : "*" };
  if (!range) return { status: 200, headers, body };
  const [first, last] = [Number(range[1]), Math.min(Number(range[2] || body.length - 1), body.length - 1)];
  return { status: 206, headers: { ...headers, "content-range": `bytes ${first}-${last}/${body.length}` }, body: body.subarray(first, last + 1) };
}
