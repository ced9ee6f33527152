// Lets a program kill itself at a stage of its work, once.

import { existsSync, writeFileSync } from "node:fs";

/** A function to call at each stage: it kills the process at `moment`, unless the file `marker` says that it did so before. */
export const killAt = ({ moment, marker }) => (stage) => {
  if (stage !== moment || existsSync(marker)) return;
  writeFileSync(marker, "");
  process.kill(process.pid, "SIGKILL");
};
