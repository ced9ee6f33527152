// Reads a recording's bytes and its waveform. A host without CORS, a large file or an unknown format
// only means that there is nothing to draw.

import { reach } from "../network.js";
import { peaksOf } from "./recording.js";

// Decoded sound is many times larger than the file.
const LARGEST = 32 * 1024 * 1024;
// The lowest sample rate that every browser decodes to: enough to draw, with the least memory.
const DRAWING_RATE = 8_000;
const PARTS = 600;

/** `{ blob, peaks, seconds }`, without peaks if the browser cannot decode it; null if it cannot be read. */
export async function readSound(url, signal) {
  const blob = await readBytes(url, signal);
  if (!blob) return null;
  try {
    const decoded = await new OfflineAudioContext(1, 1, DRAWING_RATE).decodeAudioData(await blob.arrayBuffer());
    const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
    return { blob, peaks: peaksOf(channels, PARTS), seconds: decoded.duration };
  } catch {
    return { blob };
  }
}

// The recording's host gets no key, no cookie, no custom header and no referrer.
async function readBytes(url, signal) {
  try {
    const response = await reach(url, { credentials: "omit", referrerPolicy: "no-referrer", signal });
    if (response.ok && Number(response.headers.get("content-length") ?? 0) <= LARGEST) return await response.blob();
    await response.body?.cancel();
  } catch { /* the page cannot read it */ }
  return null;
}
