// Times, names and codes in a readable form, in the browser's locale.

import * as common from "../texts/common.js";

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const format = (formatter, value) => {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? String(value ?? "") : formatter.format(date);
};

export const time = (value) => format(TIME, value);
export const clock = (value) => format(CLOCK, value);
export const day = (value) => format(DAY, value);

/** "Today", "Yesterday", or the day. */
export function daySeparator(value, now = new Date()) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return "";
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return common.today;
  if (days === 1) return common.yesterday;
  return (date.getFullYear() === now.getFullYear() ? WEEKDAY : DAY).format(date);
}

const CHANNELS = { sms: "SMS", email: "Email", whatsapp: "WhatsApp", facebook: "Facebook", instagram: "Instagram" };
/** The channels that a request can name. */
export const CHANNEL_NAMES = Object.entries(CHANNELS);
/** A channel's name; the API may add new ones. */
export const channel = (value) => CHANNELS[value] ?? words(value);

/** Any value as text: JSON if it is not a string. */
export const asText = (value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? ""));

/** "call_initiated" as "call initiated". */
export const words = (value) => asText(value).replaceAll("_", " ");

export const initials = (name) =>
  String(name ?? "").split(/\s+/).filter(Boolean).slice(0, 2).map((part) => [...part][0].toUpperCase()).join("") || "?";

export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`);
