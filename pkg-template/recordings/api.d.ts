import type { AbortSignalLike, CallRecording, RequestOptions } from "../types.js";

/** The client's operation that the URL uses. A `Centerfy` has it. */
export interface RecordingClient {
    /** See `Centerfy.getCallRecording`. */
    getCallRecording(callId: string, options?: RequestOptions): Promise<CallRecording>;
}

/** The part of a `fetch` that downloads a recording. */
export type DownloadFetch = (
    url: string,
    init: { signal?: any; credentials: "omit" },
) => PromiseLike<{ readonly status: number; readonly body: any }>;

/** The options of a recording's URL. */
export interface RecordingUrlOptions {
    /**
     * Downloads the recording for `save()`.
     *
     * @default globalThis.fetch
     */
    fetch?: DownloadFetch | undefined;
}

/** The options of one wait or download. */
export interface WaitOptions {
    /** Ends the wait when it aborts: the promise rejects with the signal's `reason`. */
    signal?: AbortSignalLike | undefined;
}

/** The options of `ready()`. */
export interface ReadyOptions extends WaitOptions {
    /**
     * How long to wait for the recording, in milliseconds; 0 or `Infinity` for no limit.
     *
     * @default 120_000
     */
    timeout?: number | undefined;
}

/** The options of `bind()`. */
export interface BindOptions {
    /** Called when there is no URL, or when the element cannot play it. Without it, the promise rejection is unhandled. */
    onError?: ((error: unknown) => void) | undefined;
}

/** The part of an `HTMLMediaElement` that `bind()` uses. */
export interface MediaElementLike {
    /** The URL that is played. */
    src: string;
    /** The position, in seconds. */
    currentTime: number;
    /** The speed. */
    playbackRate: number;
    /** Whether it is paused. */
    readonly paused: boolean;
    /** Whether it has reached its end. */
    readonly ended: boolean;
    /** Why it cannot play. */
    readonly error: unknown;
    /** Starts playing. */
    play(): Promise<void>;
    /** Adds a listener. */
    addEventListener(type: string, listener: () => void): void;
    /** Removes a listener. */
    removeEventListener(type: string, listener: () => void): void;
}

/** The URL of a recording, renewed when it expires. */
export interface RecordingUrl {
    /**
     * Resolves with a URL that is valid for at least another minute (half of its lifetime, if that is less than two
     * minutes). Concurrent calls share one request.
     *
     * @throws {CenterfyError} By rejecting: `"not_found"` when there is no recording, or none yet.
     */
    get(options?: WaitOptions): Promise<string>;
    /**
     * Waits until the recording exists: retries while the response is a 404, which is also the response for an
     * unknown call. Resolves with the URL.
     *
     * @throws {CenterfyError} By rejecting: `"not_found"` when `timeout` expires.
     */
    ready(options?: ReadyOptions): Promise<string>;
    /**
     * Downloads the recording. The request has no key. If storage responds with 403, it is repeated once with a new URL.
     *
     * @param write A `WritableStream`, which is closed at the end, or a function that is called with each chunk and
     * awaited.
     * @throws {CenterfyError} By rejecting: `"http"` when storage responds with an error.
     */
    save(write: WritableLike | ((chunk: Uint8Array) => unknown), options?: WaitOptions): Promise<void>;
    /**
     * Plays the recording in an `<audio>` or `<video>` element. Before the URL expires, or if it has expired, the
     * element gets a new one and keeps its position, its speed and whether it plays.
     *
     * @returns A function that releases the element.
     */
    bind(element: MediaElementLike, options?: BindOptions): () => void;
}

/** A `WritableStream`. */
export interface WritableLike {
    /** Locks the stream to a writer. */
    getWriter(): unknown;
}

/**
 * Creates the URL of a call's recording. It makes no request until it is used.
 *
 * @param centerfy The client.
 * @param callId The id of the call, or its `call_sid`.
 *
 * @example
 * ```ts
 * import { recordingUrl } from "centerfy/recordings";
 *
 * const recording = recordingUrl(centerfy, callId);
 * await recording.ready({ timeout: 60_000 });
 * const release = recording.bind(document.querySelector("audio")!);
 * ```
 */
export function recordingUrl(centerfy: RecordingClient, callId: string, options?: RecordingUrlOptions): RecordingUrl;
