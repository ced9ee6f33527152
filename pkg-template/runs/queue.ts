/** The items that a run has read and not sent yet, by the time from which they can be sent. */

/** An item, and its place in the list. */
export interface Entry<T> {
  value: T;
  index: number;
  /** When it can be sent, in milliseconds since 1970. */
  at: number;
  /** Whether the store knows of no request for it. */
  isLookedUp?: boolean;
}

export class Queue<T> {
  /** Sorted by time, and then by their places. */
  readonly entries: Entry<T>[] = [];

  get size(): number {
    return this.entries.length;
  }

  get nextAt(): number {
    return this.entries[0]?.at ?? Infinity;
  }

  add(entry: Entry<T>) {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { at, index } = this.entries[middle]!;
      if (at < entry.at || (at === entry.at && index < entry.index)) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, entry);
  }

  countDue(now: number): number {
    const index = this.entries.findIndex(({ at }) => at > now);
    return index < 0 ? this.size : index;
  }

  /** Removes the first entry that can be sent now. */
  takeDue(now: number): Entry<T> | undefined {
    return this.nextAt <= now ? this.entries.shift() : undefined;
  }
}
