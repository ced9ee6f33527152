/**
 * What a Durable Object does, one step a request. It runs one at a time, so each step is whole; what it
 * writes is in its SQLite before it answers. The steps are those of `scripts.ts`.
 */
import type { Begun, Beginning } from "../proxy/api.js";
import { earliest } from "./earliest.js";

/** The part of an object's SQLite that is used. */
export interface Sql {
  exec(query: string, ...values: unknown[]): { toArray(): any[] };
}

/** The owner of a record of which it is known that nothing came of it. */
const NOBODY = "";

const TABLES = `
CREATE TABLE IF NOT EXISTS places (name TEXT, id TEXT, at REAL, kept REAL, PRIMARY KEY (name, id));
CREATE INDEX IF NOT EXISTS places_at ON places (name, at);
CREATE TABLE IF NOT EXISTS pauses (name TEXT PRIMARY KEY, till REAL);
CREATE TABLE IF NOT EXISTS records (name TEXT PRIMARY KEY, fingerprint TEXT, owner TEXT, lease REAL, kept REAL, answer TEXT);
CREATE TABLE IF NOT EXISTS born (at REAL);
`;

export class Steps {
  readonly #sql: Sql;

  constructor(sql: Sql, now: number) {
    this.#sql = sql;
    sql.exec(TABLES);
    if (!this.#one("SELECT at FROM born")) sql.exec("INSERT INTO born VALUES (?)", now);
  }

  /** Gives a place, or says whether the one that it has still stands: the milliseconds until then. */
  take(now: number, name: string, id: string, requests: number, perMs: number): number {
    const own = this.#one("SELECT at FROM places WHERE name = ? AND id = ?", name, id);
    if (own?.at > now) return own.at - now;
    // It goes now, and not when it was meant to: so it counts from now on.
    this.#sql.exec("DELETE FROM places WHERE name = ? AND (id = ? OR at <= ?)", name, id, now - perMs);
    const from = Math.max(now, this.#one("SELECT till FROM pauses WHERE name = ?", name)?.till ?? 0);
    // Whose turn has come is held up by what went, and not by places that are to come.
    const till = own && from === now ? now : Infinity;
    const given = this.#sql.exec("SELECT at FROM places WHERE name = ? AND at <= ? ORDER BY at", name, till).toArray();
    const at = earliest(given.map(({ at }) => at), from, requests, perMs);
    this.#sql.exec("INSERT INTO places VALUES (?, ?, ?, ?)", name, id, at, at + perMs);
    return at - now;
  }

  giveBack(_now: number, name: string, id: string) {
    this.#sql.exec("DELETE FROM places WHERE name = ? AND id = ?", name, id);
  }

  hold(now: number, name: string, ms: number) {
    if (!(ms > 0)) return;
    this.#sql.exec("INSERT INTO pauses VALUES (?, ?) ON CONFLICT DO UPDATE SET till = max(till, excluded.till)", name, now + ms);
    this.#sql.exec("DELETE FROM places WHERE name = ? AND at > ?", name, now);
  }

  /** Counts a request, if there is room: 0, else the milliseconds until there is. */
  admit(now: number, quota: string, id: string, requests: number, perMs: number): number {
    const name = `quota ${quota}`;
    this.#sql.exec("DELETE FROM places WHERE name = ? AND at <= ?", name, now - perMs);
    const blocking = this.#one("SELECT at FROM places WHERE name = ? ORDER BY at DESC LIMIT 1 OFFSET ?", name, requests - 1);
    if (blocking) return Math.max(1, blocking.at + perMs - now);
    this.#sql.exec("INSERT INTO places VALUES (?, ?, ?, ?)", name, id, now, now + perMs);
    return 0;
  }

  begin(now: number, name: string, owner: string, { fingerprint, leaseMs, keepMs, sinceMs }: Beginning): Begun {
    this.#sql.exec("DELETE FROM records WHERE name = ? AND kept <= ?", name, now);
    const known = this.#one("SELECT fingerprint, owner, lease, answer FROM records WHERE name = ?", name);
    if (!known || known.owner === NOBODY) {
      if (!known && sinceMs > 0 && now - sinceMs <= this.#one("SELECT at FROM born").at) return { state: "unfinished" };
      this.#sql.exec("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, NULL)", name, fingerprint, owner, now + leaseMs, now + keepMs);
      return { state: "begun", owner };
    }
    if (known.fingerprint !== fingerprint) return { state: "different" };
    if (known.answer !== null) return { state: "done", answer: known.answer };
    return { state: now < known.lease ? "running" : "unfinished" };
  }

  finish(_now: number, name: string, owner: string, answer: string) {
    this.#sql.exec("UPDATE records SET answer = ? WHERE name = ? AND owner = ?", answer, name, owner);
  }

  forget(_now: number, name: string, owner: string) {
    this.#sql.exec("UPDATE records SET owner = ? WHERE name = ? AND owner = ?", NOBODY, name, owner);
  }

  /** Clears away what is no longer kept. */
  clear(now: number) {
    this.#sql.exec("DELETE FROM places WHERE kept <= ?", now);
    this.#sql.exec("DELETE FROM pauses WHERE till <= ?", now);
    this.#sql.exec("DELETE FROM records WHERE kept <= ?", now);
  }

  #one(query: string, ...values: unknown[]): any {
    return this.#sql.exec(query, ...values).toArray()[0];
  }
}
