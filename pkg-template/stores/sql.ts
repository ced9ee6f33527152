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

/** Each row of `slots` has the time at which it was written, as `windows` has: what the clock says later is not before that. */
const TABLES = `
CREATE TABLE IF NOT EXISTS slots (name TEXT, id TEXT, at REAL, now REAL, PRIMARY KEY (name, id)) WITHOUT ROWID;
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
  /** The time of the step that is taken. */
  #now = 0;
  /** No record ends before this time, of those that this instance wrote or looked for. */
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
    // Where its end stays, the index is not written.
    const update = "UPDATE records SET fingerprint = ?, owner = ?, leaseUntil = ?, answer = ? WHERE key = ? AND keepUntil = ? RETURNING 1";
    if (this.#one(update, fingerprint, owner, leaseUntil, answer, key, keepUntil)) return;
    const insert = "INSERT OR REPLACE INTO records (key, fingerprint, owner, leaseUntil, keepUntil, answer) VALUES (?, ?, ?, ?, ?, ?)";
    this.#sql.exec(insert, key, fingerprint, owner, leaseUntil, keepUntil, answer);
    this.earliestEnd = Math.min(this.earliestEnd, keepUntil);
  }

  remembersSince(now: number): number {
    this.#born ??= this.#one("SELECT at FROM born")?.at as number | undefined;
    // Where the clock was put back, what was begun by the clock before cannot be told from what was lost.
    if (this.#born === undefined || this.#born > now) {
      this.#born = now;
      this.#sql.exec("DELETE FROM born");
      this.#sql.exec("INSERT INTO born VALUES (?)", now);
    }
    return this.#born;
  }

  /** A step failed half-way: what the tables have is true. */
  reload() {
    this.#windows.clear();
    this.#born = undefined;
  }

  /** Removes what is no longer kept. */
  clear(now: number) {
    this.#sql.exec("DELETE FROM records WHERE keepUntil <= ?", now);
    this.earliestEnd = this.#one("SELECT MIN(keepUntil) AS at FROM records").at ?? Infinity;
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
    const rows = this.#sql.exec("SELECT id, at, now FROM slots WHERE name = ? ORDER BY at, id", name).toArray();
    const saved = this.#one("SELECT heldUntil, longest, now FROM windows WHERE name = ?", name) ?? { heldUntil: 0, longest: 0, now };
    // The object may have moved to a machine whose clock is behind: everything moves along.
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
