/** The table that a run prints, line by line. */

/** One line: name, version, result, time, and a word on it. */
export const row = ({ name, version, result, seconds, note }) =>
  [name.padEnd(20), version.padEnd(46), result.padEnd(8), `${seconds.toFixed(1)} s`.padStart(7), "", note].join(" ");
