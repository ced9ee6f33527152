// Numbers in sentences.

/** "1 message", "2 messages". */
export const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;
/** "90 seconds", "2 minutes". */
export const secondsLong = (seconds) => (seconds < 120 ? counted(seconds, "second", "seconds") : `${Math.ceil(seconds / 60)} minutes`);
