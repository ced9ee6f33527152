const DAY = 86_400_000;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const encode = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decode = (text: string) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

const keyOf = (secret: string) =>
  crypto.subtle.importKey("raw", bytesOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

/** A session of one day: the name, the expiration, and a signature. Any isolate can read it. */
export async function sessionOf(name: string, secret: string) {
  const text = `${encode(bytesOf(name))}.${Date.now() + DAY}`;
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret), bytesOf(text));
  return `${text}.${encode(new Uint8Array(signature))}`;
}

/** The user of the session in these cookies, or `false`. */
export async function nameOf(cookies: string | null, secret: string) {
  const [, text, name, ends, signature] = /(?:^|; )session=(([\w-]+)\.(\d+))\.([\w-]{43})(?:;|$)/.exec(cookies ?? "") ?? [];
  if (!text || Number(ends) < Date.now()) return false;
  const isSigned = await crypto.subtle.verify("HMAC", await keyOf(secret), decode(signature!), bytesOf(text));
  return isSigned && new TextDecoder().decode(decode(name!));
}
