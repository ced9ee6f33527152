// The number of segments of an SMS, by the alphabet that it needs. Pure.

// GSM 03.38: one septet each, and two for characters of its extension.
const BASIC = /[\n\r -#%-?A-Za-z@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]/;
const EXTENSION = /[\^{}\\[~\]|€\f]/;
/** The capacity of a single SMS, and of each of several, which have a header. */
const ROOM = { "GSM-7": [160, 153], Unicode: [70, 67] };

/** `{ segments, used, room, alphabet, foreign }`: `foreign` is the first character that requires Unicode. */
export function smsSize(text) {
  const foreign = [...text].find((char) => !BASIC.test(char) && !EXTENSION.test(char));
  const alphabet = foreign ? "Unicode" : "GSM-7";
  const sizes = [...text].map((char) => (foreign ? char.length : EXTENSION.test(char) ? 2 : 1));
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const [single, each] = ROOM[alphabet];
  if (used <= single) return { segments: used ? 1 : 0, used, room: single, alphabet, foreign };
  // A character of two units is never split between segments.
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
