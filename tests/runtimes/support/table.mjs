/** The table that a run prints, line by line. */

/** One line: how many set-ups are done, name, version, result, time, and a note. */
export const row = ({ name, version, result, seconds, note }, { done, of }) =>
  [`${done}/${of}`.padStart(7), name.padEnd(30), version.padEnd(46), result.padEnd(8), `${seconds.toFixed(1)} s`.padStart(7), "", note].join(" ");
