/** Why a set-up cannot run on this machine. */
export class Missing extends Error {}
