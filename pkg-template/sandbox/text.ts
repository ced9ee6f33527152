/**
 * `TextEncoder` and `TextDecoder`, with replacements for Jest's jsdom, which has neither. The build injects them
 * in place of the globals.
 */

class Encoder {
  encode(text: string): Uint8Array<ArrayBuffer> {
    // A lone surrogate becomes U+FFFD, as with the built-in encoder.
    const whole = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
    const escaped = encodeURIComponent(whole).match(/%..|./g) ?? [];
    return Uint8Array.from(escaped, (code) =>
      code.length > 1 ? Number.parseInt(code.slice(1), 16) : code.charCodeAt(0),
    );
  }

  encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
    const bytes = this.encode(text);
    into.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}

class Decoder {
  decode(bytes: Uint8Array = new Uint8Array()): string {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  }
}

const AnyEncoder = globalThis.TextEncoder ?? Encoder;
const AnyDecoder = globalThis.TextDecoder ?? Decoder;
export { AnyDecoder as TextDecoder, AnyEncoder as TextEncoder };
