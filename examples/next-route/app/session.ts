import { createHmac, timingSafeEqual } from "node:crypto";

const DAY = 86_400_000;

/** The secret that signs sessions. With the sandbox, no real secret is needed. */
const secret = () => {
  const { SESSION_SECRET, CENTERFY_API_KEY } = process.env;
  if (!SESSION_SECRET && CENTERFY_API_KEY) throw new Error("CENTERFY_API_KEY is set, and SESSION_SECRET is not");
  return SESSION_SECRET || "of the sandbox";
};

const signatureOf = (text: string) => createHmac("sha256", secret()).update(text).digest();

/** A session of one day: the name, the expiration, and a signature. Any process can read it. */
export const sessionOf = (name: string) => {
  const text = `${Buffer.from(name).toString("base64url")}.${Date.now() + DAY}`;
  return `${text}.${signatureOf(text).toString("base64url")}`;
};

/** The user of the session in these cookies, or `false`. */
export const nameOf = (cookies: string | null) => {
  const [, text, name, ends, signature] = /(?:^|; )session=(([\w-]+)\.(\d+))\.([\w-]{43})(?:;|$)/.exec(cookies ?? "") ?? [];
  if (!text || Number(ends) < Date.now()) return false;
  return timingSafeEqual(signatureOf(text), Buffer.from(signature!, "base64url")) && Buffer.from(name!, "base64url").toString();
};
