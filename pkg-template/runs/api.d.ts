import type { Store } from "../store/api.js";
import type { AiCall, MakeAiCallRequest, RateLimit, SendMessageRequest, SentMessage } from "../types.js";
import type { Centerfy, CenterfyError } from "../public.js";

export type { Store } from "../store/api.js";

/** A day of the week. */
export type Day = "sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat";

/** The hours in which people may be reached, in each item's own time zone. */
export interface RunHours {
    /** When the hours start: `HH:MM`, for example `"09:00"`. */
    from: string;
    /** When the hours end: `HH:MM`, up to `"24:00"`. If it is before `from`, they end on the next day. */
    to: string;
    /**
     * The days on which the hours start.
     *
     * @default every day
     */
    days?: readonly Day[] | undefined;
}

/** A person to reach. */
export type RunItem = {
    /** Identifies the item within the run: 1 to 200 visible ASCII characters without quotes and backslashes. */
    key: string;
    /** The person's time zone, for example `"Europe/Berlin"`. It is never guessed. */
    timeZone: string;
} & (
    | {
          /** A phone call: the arguments of `centerfy.makeAiCall()`. */
          makeAiCall: [agentId: string, request: MakeAiCallRequest];
      }
    | {
          /** A message: the argument of `centerfy.sendMessage()`. */
          sendMessage: SendMessageRequest;
      }
);

/** The outcome of an item. */
export type RunOutcome = {
    /** The item's key. */
    key: string;
} & (
    | {
          /** It was sent, now or in an earlier run with the same id. */
          state: "sent";
          /** The API's answer; an empty object if the record was settled as delivered. */
          answer: AiCall | SentMessage;
      }
    | {
          /** `allow` did not return `true`. */
          state: "skipped";
          /** Why: what `allow` returned, or the error that it threw. */
          reason: unknown;
      }
    | {
          /** It cannot be sent yet. */
          state: "later";
          /** When to try again. */
          at: Date;
          /**
           * Why: the item's hours, `pace` or the rate limit, `concurrent`, or another process that is sending the item.
           */
          reason: "hours" | "pace" | "concurrent" | "sending";
      }
    | {
          /** It was not sent, and why. */
          state: "failed";
          error: CenterfyError;
      }
    | {
          /** It may have been delivered. It is never sent again, unless `settle()` says that it was not delivered. */
          state: "unknown";
          error: CenterfyError;
      }
);

/** How far a run is. */
export interface RunProgress {
    /** How many items have an outcome. */
    done: number;
    /** How many items there are, if `items` is an array, a set or a map. */
    total?: number | undefined;
    /** The number of outcomes of each state. */
    states: Readonly<Record<"sent" | "skipped" | "failed" | "unknown", number>>;
    /** Items per minute, on average, without those that were sent before. */
    perMinute: number;
    /** When the run is expected to end, if `total` is known. */
    expectedEnd?: Date | undefined;
}

/** The options of a run. */
export interface RunOptions {
    /** A client with the option `store`, which has to be the same store. */
    centerfy: Centerfy;
    /** Holds the records of the run, and its limits. */
    store: Store;
    /**
     * Identifies the run: 1 to 50 visible ASCII characters without quotes and backslashes. A run that is started again
     * with the same id continues. Its hours and its kind of items cannot be changed.
     */
    id: string;
    /**
     * When people may be reached.
     *
     * @default any time
     */
    hours?: RunHours | undefined;
    /**
     * Whether the item may be sent, for example whether the person has not opted out. It is called right before sending.
     * Anything but `true`, and an error, means no.
     *
     * @default true
     */
    allow?: ((item: RunItem) => boolean | PromiseLike<boolean>) | undefined;
    /**
     * How many items may be sent in which time, over all processes of the run. The API key's rate limit applies, too.
     *
     * @default no limit
     */
    pace?: RateLimit | undefined;
    /**
     * How many calls may be going on at the same time. A call counts for the agent's `max_duration`, unless
     * {@link Run.ended} is called.
     *
     * @default no limit
     */
    concurrent?: number | undefined;
    /**
     * If true, nothing is sent and nothing is recorded: the outcome of an item that would be sent is `later`, with the
     * time at which it would be sent at this pace, or at 60 a minute.
     *
     * @default false
     */
    dryRun?: boolean | undefined;
    /** Called with the progress of `all()` after each outcome. */
    onProgress?: ((progress: RunProgress) => void) | undefined;
    /**
     * How long the records of the run are kept after it was last used, in milliseconds. When they are removed, the id
     * can be used again, and people are reached again.
     *
     * @default 2_592_000_000 (30 days)
     */
    keepMs?: number | undefined;
}

/** The items of a run, as the store has them. */
export interface RunReport {
    /** The number of items of each state. */
    counts: Readonly<Record<"sent" | "skipped" | "failed" | "unknown" | "sending", number>>;
    items: {
        /** They were sent. */
        sent: { key: string }[];
        /** `allow` did not return `true`. They can be sent later. */
        skipped: { key: string; reason: string }[];
        /** They were not sent, and can be sent later. */
        failed: { key: string; reason: string }[];
        /** They may have been delivered, and are not sent again. `settle(store, { run: id, key }, …)` settles them. */
        unknown: { key: string }[];
        /** A process is sending them now. If it has died, they are `unknown` within 10 seconds. */
        sending: { key: string }[];
    };
}

/** A run: a list of people, each of whom is reached at most once. */
export interface Run {
    /**
     * Sends to all items, and yields their outcomes. It waits for the hours, the pace and the rate limit, so no outcome
     * is `later`, except in a dry run. Items are sent in their order as far as their hours allow. It can be started
     * again, in any process, with a longer or shorter list.
     *
     * @param items The items, also as an async iterable. They are read as they are needed.
     * @param options `signal` ends the run: requests in flight are completed, and nothing more is sent.
     * @throws {CenterfyError} With the code `"validation"` and the field `hours` or `item`, if a run with this id exists
     * that has other hours or the other kind of items.
     * @throws If the store is unavailable for two minutes.
     */
    all(items: Iterable<RunItem> | AsyncIterable<RunItem>, options?: { signal?: AbortSignal | undefined }): AsyncIterableIterator<RunOutcome>;
    /**
     * Sends to one item, for a queue or workflow engine. It does not wait for hours or limits: the outcome is then
     * `later`, with the time at which to call it again.
     *
     * @throws {CenterfyError} As `all()` does.
     * @throws If the store is unavailable. Then nothing was sent.
     */
    step(item: RunItem): Promise<RunOutcome>;
    /** Records that the call of an item has ended, so that it no longer counts toward `concurrent`. */
    ended(key: string): Promise<void>;
    /**
     * Lists the items of the run by their states, from the store: all those that any process has come to.
     *
     * @throws If the store is unavailable.
     */
    report(): Promise<RunReport>;
}

/**
 * Creates a run. It sends nothing and reads nothing.
 *
 * @throws {CenterfyError} With the code `"validation"` and the option in `field`, if an option is invalid.
 */
export function createRun(options: RunOptions): Run;
