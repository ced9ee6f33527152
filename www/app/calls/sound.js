// Reads a recording's bytes and how loud it is where. A host that does not let pages read its
// answers (CORS), a large file or an unknown format only means that there is nothing to draw.

import { reach } from "../network.js";
import { peaksOf } from "./recording.js";

// Decoded sound is many times as large as the file.
const LARGEST = 32 * 1024 * 1024;
// The lowest rate that every browser decodes to: enough to draw, and the least memory.
const DRAWING_RATE = 8_000;
const PARTS = 600;

/** `{ blob, peaks, seconds }`, without peaks where the browser cannot decode it; null where it cannot be read. */
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

// The recording's host is told nothing: no key, no cookie, no header of ours, not where we come from.
async function readBytes(url, signal) {
  try {
    const response = await reach(url, { credentials: "omit", referrerPolicy: "no-referrer", signal });
    if (response.ok && Number(response.headers.get("content-length") ?? 0) <= LARGEST) return await response.blob();
    await response.body?.cancel();
  } catch { /* not to be read from here */ }
  return null;
}
