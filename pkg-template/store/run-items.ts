/**
 * The rules for the items of runs. `redis/run-scripts.ts` has them in Lua; `tests/stores/run-items.test.mjs` compares the
 * two.
 */
import type { ClaimReply, ClaimRequest, ClaimedItem, ListReply, RecordState, RunItemEnd } from "./api.js";

/** What is recorded of an item. Times are milliseconds of the store's clock. */
export interface RunRow {
  /**
   * `claimed`: a process is going to send it. `sending`: it may have been sent. `free`: it is known not to have been sent.
   * The others are outcomes.
   */
  state: "claimed" | "sending" | RunItemEnd;
  /** The process that claimed it, or the request; for `free`, the request that was not sent. */
  owner: string;
  /** The end of the lease of a claim or a request. */
  leaseUntil: number;
  /** The outcome. */
  detail: string;
}

/** A page of the items of a run. The cursor of the first and after the last page is empty. */
export interface RunPage {
  cursor: string;
  rows: [key: string, row: RunRow][];
}

/** The data of the steps. */
export interface RunTables {
  /** The settings of a run, unless it does not exist or has expired. */
  runSettings(run: string, now: number): string | undefined;
  keepRun(run: string, settings: string, keepUntil: number): void;
  runItem(run: string, key: string): RunRow | undefined;
  keepRunItem(run: string, key: string, row: RunRow): void;
  runItems(run: string, cursor: string, most: number): RunPage;
}

/** The longest lease, in milliseconds. If the clock was set back, leases move along. */
export const LONGEST_LEASE_MS = 60_000;

/** Settles an item whose outcome is unknown. */
export const ANY_OWNER = "";

const isOver = ({ state, leaseUntil }: RunRow, now: number) => state === "sending" && leaseUntil <= now;

export class RunSteps {
  readonly #tables: RunTables;

  constructor(tables: RunTables) {
    this.#tables = tables;
  }

  claim(now: number, run: string, { settings, owner, leaseMs, keepMs, most }: ClaimRequest, keys: readonly string[]): ClaimReply {
    const known = this.#tables.runSettings(run, now);
    if (settings) {
      if (known !== undefined && known !== settings) return { nowMs: now, settings: known, items: [] };
      this.#tables.keepRun(run, settings, now + keepMs);
    }
    let left = most;
    const claimOf = (key: string): ClaimedItem => {
      const row = this.#row(now, run, key);
      if (row?.state === "sent" || row?.state === "unknown") return [row.state, row.detail];
      if (row && isOver(row, now)) return ["unknown", ""];
      const isOwn = row?.state === "claimed" && row.owner === owner;
      if (row && !isOwn && row.leaseUntil > now) return ["busy", String(row.leaseUntil - now)];
      if (!isOwn && left-- <= 0) return ["free", ""];
      this.#tables.keepRunItem(run, key, { state: "claimed", owner, leaseUntil: now + leaseMs, detail: "" });
      return ["claimed", ""];
    };
    return { nowMs: now, settings: "", items: keys.map(claimOf) };
  }

  startItem(now: number, run: string, key: string, owner: string, claimant: string, leaseMs: number): RecordState {
    const row = this.#row(now, run, key);
    if (row) {
      const { state, detail } = row;
      if (state === "sent" || (state === "unknown" && detail)) return { state: "done", answer: detail };
      if (state === "unknown" || isOver(row, now)) return { state: "unknown" };
      if (state === "sending" && row.owner !== owner) return { state: "running" };
      // A step that arrives after its sender abandoned it must not start the request.
      if (state === "free" && row.owner === owner) return { state: "unknown" };
      if (state === "claimed" && row.owner !== claimant && row.leaseUntil > now) return { state: "running" };
    }
    this.#tables.keepRunItem(run, key, { state: "sending", owner, leaseUntil: now + leaseMs, detail: "" });
    return { state: "new" };
  }

  renewItem(now: number, run: string, key: string, owner: string, leaseMs: number) {
    const row = this.#tables.runItem(run, key);
    if (row?.state === "sending" && row.owner === owner) this.#tables.keepRunItem(run, key, { ...row, leaseUntil: now + leaseMs });
  }

  endItem(now: number, run: string, key: string, owner: string, state: RunItemEnd, detail: string): boolean {
    const row = this.#tables.runItem(run, key);
    if (row?.state === state && row.detail === detail) return true;
    if (!mayEnd(row, now, owner, state)) return false;
    this.#tables.keepRunItem(run, key, { state, owner: state === "free" ? owner : "", leaseUntil: 0, detail });
    return true;
  }

  listItems(now: number, run: string, cursor: string, most: number): ListReply {
    const page = this.#tables.runItems(run, cursor, most);
    return {
      cursor: page.cursor,
      items: page.rows.map(([key, row]) => [key, isOver(row, now) ? "unknown" : row.state, row.state === "sent" ? "" : row.detail]),
    };
  }

  /** The row, with a lease that is possible. */
  #row(now: number, run: string, key: string): RunRow | undefined {
    const row = this.#tables.runItem(run, key);
    if (!row || row.leaseUntil <= now + LONGEST_LEASE_MS) return row;
    const moved = { ...row, leaseUntil: now + LONGEST_LEASE_MS };
    this.#tables.keepRunItem(run, key, moved);
    return moved;
  }
}

/** Whether this owner may record the end of an item. */
const mayEnd = (row: RunRow | undefined, now: number, owner: string, state: RunItemEnd): boolean => {
  if (owner === ANY_OWNER) return !!row && (row.state === "unknown" || isOver(row, now));
  if (row?.state === "sending" || row?.state === "claimed") return row.owner === owner;
  // What was not sent may be skipped, fail, or not be sent again.
  return state !== "sent" && state !== "unknown" && row?.state !== "sent" && row?.state !== "unknown";
};
