const WIDTH = 30;
/** How often a line is written to a log. */
const EVERY_MS = 10_000;

/** Shows how far a run is: as a bar in a terminal, and as lines in a log. */
export class ProgressBar {
  #total;
  #stream;
  #logged = 0;

  constructor(total, stream = process.stderr) {
    this.#total = total;
    this.#stream = stream;
  }

  show({ done, states, perMinute }) {
    const left = this.#total - done;
    const end = perMinute > 0 && left > 0 ? `, until ${time(Date.now() + (left / perMinute) * 60_000)}` : "";
    const counts = Object.entries(states).filter(([, count]) => count > 0);
    const line = `${done}/${this.#total}  ${counts.map(([state, count]) => `${count} ${state}`).join(", ")}${end}`;
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[K${bar(done / this.#total)} ${line}`);
    else if (left === 0 || Date.now() - this.#logged >= EVERY_MS) {
      this.#logged = Date.now();
      this.#stream.write(`${line}\n`);
    }
  }

  /** Removes the bar, so that something else can be written. */
  clear() {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }
}

const bar = (share) => "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░");

export const time = (date) => new Date(date).toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" });
