// How many segments an SMS is sent in, by the alphabet that it needs. Pure.

// GSM 03.38: one septet each, and two for those of its extension.
const BASIC = /[\n\r -#%-?A-Za-z@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]/;
const EXTENSION = /[\^{}\\[~\]|€\f]/;
/** What one SMS holds, and what each of several does: they carry where they belong. */
const ROOM = { "GSM-7": [160, 153], Unicode: [70, 67] };

/** `{ segments, used, room, alphabet, foreign }`: `foreign` is the first character that asks for Unicode. */
export function smsSize(text) {
  const foreign = [...text].find((char) => !BASIC.test(char) && !EXTENSION.test(char));
  const alphabet = foreign ? "Unicode" : "GSM-7";
  const sizes = [...text].map((char) => (foreign ? char.length : EXTENSION.test(char) ? 2 : 1));
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const [single, each] = ROOM[alphabet];
  if (used <= single) return { segments: used ? 1 : 0, used, room: single, alphabet, foreign };
  // A character of two is never divided between two segments.
  let segments = 1;
  let inLast = 0;
  for (const size of sizes) {
    if (inLast + size > each) {
      segments += 1;
      inLast = 0;
    }
    inLast += size;
  }
  return { segments, used, room: segments * each, alphabet, foreign };
}
