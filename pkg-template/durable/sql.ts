/**
 * The tables of a Durable Object, in its SQLite database. An object runs one request at a time and writes before it
 * responds, so windows are cached in memory: a step on a window reads no rows.
 */
import type { IdempotencyRecord } from "../store/record.js";
import type { RunPage, RunRow } from "../store/run-items.js";
import type { Tables } from "../store/steps.js";
import { Window, type Journal, type Slot } from "../store/window.js";

/** The part of an object's SQLite that is used. */
export interface Sql {
  exec(query: string, ...values: unknown[]): { toArray(): any[] };
}

/** The column `now` has the time of the write: a later time that is before it means that the clock was set back. */
const TABLES = `
CREATE TABLE IF NOT EXISTS slots (name TEXT, id TEXT, at REAL, now REAL, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS windows (name TEXT PRIMARY KEY, heldUntil REAL, longest REAL, now REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
  key TEXT PRIMARY KEY, fingerprint TEXT, owner TEXT, leaseUntil REAL, keepUntil REAL, answer TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_by_end ON records (keepUntil);
CREATE TABLE IF NOT EXISTS runs (run TEXT PRIMARY KEY, settings TEXT, keepUntil REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  run TEXT, key TEXT, state TEXT, owner TEXT, leaseUntil REAL, detail TEXT, PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS born (at REAL);
`;

export class SqlTables implements Tables {
  readonly #sql: Sql;
  readonly #windows = new Map<string, Window>();
  #completeSince: number | undefined;
  /** The time of the current step. */
  #now = 0;
  /** No record that this instance knows of expires before this time. */
  earliestEnd = Infinity;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(TABLES);
  }

  window(name: string, now: number): Window {
    this.#now = now;
    let window = this.#windows.get(name);
    if (!window) this.#windows.set(name, (window = this.#load(name, now)));
    return window;
  }

  record(key: string, now: number): IdempotencyRecord | undefined {
    const row = this.#one("SELECT fingerprint, owner, leaseUntil, keepUntil, answer FROM records WHERE key = ? AND keepUntil > ?", key, now);
    return row && { ...row, answer: row.answer ?? undefined };
  }

  keep(key: string, { fingerprint, owner, leaseUntil, keepUntil, answer = null as any }: IdempotencyRecord) {
    // An update that does not change `keepUntil` does not write the index.
    const update = "UPDATE records SET fingerprint = ?, owner = ?, leaseUntil = ?, answer = ? WHERE key = ? AND keepUntil = ? RETURNING 1";
    if (this.#one(update, fingerprint, owner, leaseUntil, answer, key, keepUntil)) return;
    const insert = "INSERT OR REPLACE INTO records (key, fingerprint, owner, leaseUntil, keepUntil, answer) VALUES (?, ?, ?, ?, ?, ?)";
    this.#sql.exec(insert, key, fingerprint, owner, leaseUntil, keepUntil, answer);
    this.earliestEnd = Math.min(this.earliestEnd, keepUntil);
  }

  completeSince(now: number): number {
    this.#completeSince ??= this.#one("SELECT at FROM born")?.at as number | undefined;
    // If the clock was set back, records that were started before cannot be distinguished from lost ones.
    if (this.#completeSince === undefined || this.#completeSince > now) {
      this.#completeSince = now;
      this.#sql.exec("DELETE FROM born");
      this.#sql.exec("INSERT INTO born VALUES (?)", now);
    }
    return this.#completeSince;
  }

  runSettings(run: string, now: number): string | undefined {
    return this.#one("SELECT settings FROM runs WHERE run = ? AND keepUntil > ?", run, now)?.settings;
  }

  keepRun(run: string, settings: string, keepUntil: number) {
    this.#sql.exec("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", run, settings, keepUntil);
    this.earliestEnd = Math.min(this.earliestEnd, keepUntil);
  }

  runItem(run: string, key: string): RunRow | undefined {
    return this.#one("SELECT state, owner, leaseUntil, detail FROM items WHERE run = ? AND key = ?", run, key);
  }

  keepRunItem(run: string, key: string, { state, owner, leaseUntil, detail }: RunRow) {
    this.#sql.exec("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?)", run, key, state, owner, leaseUntil, detail);
  }

  runItems(run: string, cursor: string, most: number): RunPage {
    const query = "SELECT key, state, owner, leaseUntil, detail FROM items WHERE run = ? AND key > ? ORDER BY key LIMIT ?";
    const rows: RunPage["rows"] = this.#sql.exec(query, run, cursor, most).toArray().map(({ key, ...row }) => [key, row]);
    return { rows, cursor: rows.length < most ? "" : rows[most - 1]![0] };
  }

  /** Discards the caches after a step failed and was rolled back. */
  reload() {
    this.#windows.clear();
    this.#completeSince = undefined;
  }

  /** Removes expired records and idle limits. */
  clear(now: number) {
    this.#sql.exec("DELETE FROM records WHERE keepUntil <= ?", now);
    this.#sql.exec("DELETE FROM items WHERE run IN (SELECT run FROM runs WHERE keepUntil <= ?)", now);
    this.#sql.exec("DELETE FROM runs WHERE keepUntil <= ?", now);
    const ends = "SELECT MIN(keepUntil) AS at FROM (SELECT keepUntil FROM records UNION ALL SELECT keepUntil FROM runs)";
    this.earliestEnd = this.#one(ends).at ?? Infinity;
    const names = this.#sql.exec("SELECT DISTINCT name FROM slots UNION SELECT name FROM windows").toArray();
    for (const { name } of names) {
      const window = this.window(name, now);
      window.advance(now);
      if (!window.isIdle) continue;
      this.#windows.delete(name);
      this.#sql.exec("DELETE FROM windows WHERE name = ?", name);
    }
  }

  /** Whether there are no records and no limits. */
  get isEmpty(): boolean {
    return !this.#one("SELECT 1 FROM records UNION ALL SELECT 1 FROM slots UNION ALL SELECT 1 FROM windows UNION ALL SELECT 1 FROM runs LIMIT 1");
  }

  #load(name: string, now: number): Window {
    const rows = this.#sql.exec("SELECT id, at, now FROM slots WHERE name = ? ORDER BY at, id", name).toArray();
    const saved = this.#one("SELECT heldUntil, longest, now FROM windows WHERE name = ?", name) ?? { heldUntil: 0, longest: 0, now };
    // The object may have moved to a machine whose clock is behind: shift all times.
    const back = Math.max(now, saved.now, ...rows.map((row) => row.now)) - now;
    const slots: Slot[] = rows.map(({ id, at }) => ({ id, at: at - back }));
    const state = { heldUntil: saved.heldUntil - back, longest: saved.longest };
    if (back > 0) {
      this.#sql.exec("UPDATE slots SET at = at - ?, now = ? WHERE name = ?", back, now, name);
      this.#sql.exec("UPDATE windows SET heldUntil = ?, now = ? WHERE name = ?", state.heldUntil, now, name);
    }
    return new Window(this.#journal(name), slots, state);
  }

  #journal(name: string): Journal {
    return {
      put: ({ id, at }) => void this.#sql.exec("INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?)", name, id, at, this.#now),
      remove: (id) => void this.#sql.exec("DELETE FROM slots WHERE name = ? AND id = ?", name, id),
      describe: ({ heldUntil, longest }, now) =>
        void this.#sql.exec("INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?)", name, heldUntil, longest, now),
    };
  }

  #one(query: string, ...values: unknown[]): any {
    return this.#sql.exec(query, ...values).toArray()[0];
  }
}
