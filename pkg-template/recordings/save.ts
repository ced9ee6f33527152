/** Downloads a recording from storage, without the key. */
import { CenterfyError } from "centerfy";
import type { AbortSignalLike } from "../types.js";
import type { DownloadFetch, WritableLike } from "./api.js";
import type { Source } from "./source.js";
import { withSignal } from "./wait.js";

/** The status with which storage rejects a URL that has expired. */
const EXPIRED = 403;

type Write = (chunk: Uint8Array) => unknown;

/** Requests the recording, once more with a new URL if it has expired. */
const download = async (source: Source, fetch: DownloadFetch, signal?: AbortSignalLike) => {
  const init = { credentials: "omit", ...(signal && { signal }) } as const;
  const url = await withSignal(() => source.url(), signal);
  const response = await fetch(url, init);
  if (response.status !== EXPIRED) return response;
  await response.body?.cancel();
  return fetch(await withSignal(() => source.url(url), signal), init);
};

export const save = async (source: Source, write: WritableLike | Write, fetch: DownloadFetch, signal?: AbortSignalLike) => {
  const { status, body } = await download(source, fetch, signal);
  if (status !== 200 || !body) {
    await body?.cancel();
    throw new CenterfyError(`recording: storage responded with an error (status ${status})`, { code: "http", status });
  }
  if (typeof write !== "function") return body.pipeTo(write, { signal });
  const reader = body.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) await write(chunk.value);
  } catch (error) {
    await reader.cancel(error).catch(() => {});
    throw error;
  }
};
