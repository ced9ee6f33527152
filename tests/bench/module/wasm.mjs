/** Reads the sections of WebAssembly that the benchmark uses. */

const NAMES = [
  "custom", "types", "imports", "function types", "tables", "memory", "globals", "exports", "start",
  "elements", "code", "data", "data count",
];

const leb = (bytes, at) => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
  }
};

/** Each section: its name, the start and end of its content, and its total number of bytes. */
export const sections = (bytes) => {
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = leb(bytes, at + 1);
    found.push({ name: NAMES[bytes[at]], id: bytes[at], start, end: start + size, bytes: start + size - at });
    at = start + size;
  }
  return found;
};

/** The initial memory of an instance, in KiB. */
export const firstMemory = (bytes) => {
  const memory = sections(bytes).find(({ name }) => name === "memory");
  return leb(bytes, memory.start + 2)[0] * 64;
};

const encode = (value) => {
  const out = [];
  for (;;) {
    if (value < 128) return [...out, value];
    out.push((value & 127) | 128);
    value >>>= 7;
  }
};

/** The same module with its memory exported, so that a test can read its size. */
export const withMemoryExport = (bytes) => {
  const exports = sections(bytes).find(({ name }) => name === "exports");
  const [count, entries] = leb(bytes, exports.start);
  const name = [...new TextEncoder().encode("memory")];
  const content = [...encode(count + 1), ...bytes.slice(entries, exports.end), name.length, ...name, 2, 0];
  const before = bytes.slice(0, exports.end - exports.bytes);
  return Uint8Array.from([...before, 7, ...encode(content.length), ...content, ...bytes.slice(exports.end)]);
};
