/**
 * The tables of a Durable Object, in its SQLite. An object runs one request at a time and writes
 * before it answers, so windows are also kept in memory: a step reads no rows.
 */
import type { IdempotencyRecord } from "./record.js";
import type { Tables } from "./steps.js";
import { Window, type Journal, type Slot } from "./window.js";

/** The part of an object's SQLite that is used. */
export interface Sql {
  exec(query: string, ...values: unknown[]): { toArray(): any[] };
}

/** A slot is ahead of the clock for as long as this at most, in milliseconds, unless the clock was put back meanwhile. */
const LONGEST_AHEAD_MS = 3_600_000;

const TABLES = `
CREATE TABLE IF NOT EXISTS slots (name TEXT, id TEXT, at REAL, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS windows (name TEXT PRIMARY KEY, heldUntil REAL, longest REAL, now REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
  key TEXT PRIMARY KEY, fingerprint TEXT, owner TEXT, leaseUntil REAL, keepUntil REAL, answer TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_by_end ON records (keepUntil);
CREATE TABLE IF NOT EXISTS born (at REAL);
`;

export class SqlTables implements Tables {
  readonly #sql: Sql;
  readonly #windows = new Map<string, Window>();
  #born: number | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(TABLES);
  }

  window(name: string, now: number): Window {
    let window = this.#windows.get(name);
    if (!window) this.#windows.set(name, (window = this.#load(name, now)));
    return window;
  }

  record(key: string, now: number): IdempotencyRecord | undefined {
    const row = this.#one("SELECT fingerprint, owner, leaseUntil, keepUntil, answer FROM records WHERE key = ? AND keepUntil > ?", key, now);
    return row && { ...row, answer: row.answer ?? undefined };
  }

  keep(key: string, { fingerprint, owner, leaseUntil, keepUntil, answer }: IdempotencyRecord) {
    const row = [key, fingerprint, owner, leaseUntil, keepUntil, answer ?? null];
    this.#sql.exec("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", ...row);
  }

  remembersSince(now: number): number {
    this.#born ??= this.#one("SELECT at FROM born")?.at;
    if (this.#born === undefined) this.#sql.exec("INSERT INTO born VALUES (?)", (this.#born = now));
    return this.#born!;
  }

  /** A step failed half-way: what the tables have is true. */
  reload() {
    this.#windows.clear();
    this.#born = undefined;
  }

  /** Removes what is no longer kept. */
  clear(now: number) {
    this.#sql.exec("DELETE FROM records WHERE keepUntil <= ?", now);
    const names = this.#sql.exec("SELECT DISTINCT name FROM slots UNION SELECT name FROM windows").toArray();
    for (const { name } of names) {
      const window = this.window(name, now);
      window.advance(now);
      if (!window.isIdle) continue;
      this.#windows.delete(name);
      this.#sql.exec("DELETE FROM windows WHERE name = ?", name);
    }
  }

  /** Nothing is kept, but since when nothing was lost. */
  get isEmpty(): boolean {
    return !this.#one("SELECT 1 FROM records UNION ALL SELECT 1 FROM slots UNION ALL SELECT 1 FROM windows LIMIT 1");
  }

  #load(name: string, now: number): Window {
    const slots: Slot[] = this.#sql.exec("SELECT id, at FROM slots WHERE name = ? ORDER BY at", name).toArray();
    for (const slot of slots) slot.at = Math.min(slot.at, now + LONGEST_AHEAD_MS);
    const saved = this.#one("SELECT heldUntil, longest, now FROM windows WHERE name = ?", name) ?? { heldUntil: 0, longest: 0, now };
    // The object may have moved to a machine whose clock is behind.
    const heldUntil = saved.heldUntil - Math.max(0, saved.now - now);
    return new Window(this.#journal(name), slots, { heldUntil, longest: saved.longest });
  }

  #journal(name: string): Journal {
    return {
      put: ({ id, at }) => void this.#sql.exec("INSERT OR REPLACE INTO slots VALUES (?, ?, ?)", name, id, at),
      remove: (id) => void this.#sql.exec("DELETE FROM slots WHERE name = ? AND id = ?", name, id),
      describe: ({ heldUntil, longest }, now) =>
        void this.#sql.exec("INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?)", name, heldUntil, longest, now),
    };
  }

  #one(query: string, ...values: unknown[]): any {
    return this.#sql.exec(query, ...values).toArray()[0];
  }
}
