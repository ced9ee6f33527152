// Made by `cargo xtask build` from the crate's own lists. Do not edit.

/** The part of JSON Schema that describes fields. */
export interface FieldSchema {
  type?: "string" | "number" | "integer" | "boolean" | "object";
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  not?: object;
}

/** What fields accept, each at the number of the fault of all other values. */
export const accepted: FieldSchema[] = [{}, { type: "string", not: { enum: ["", ".", ".."] } }, { type: "object" }, { type: "string" }, { type: "number" }, { type: "number", minimum: 0, maximum: 1 }, { type: "boolean" }, { type: "string", enum: ["leave_message", "hangup"] }, { type: "string", minLength: 1 }, { not: {} }, { type: "integer", minimum: 1, maximum: 200 }, { type: "integer", minimum: 0, maximum: 9007199254740991 }, { type: "string", enum: ["sms", "email", "whatsapp", "facebook", "instagram"] }];
/** The number of the fault of a missing field that is always required. */
export const REQUIRED = 13;
/** The conditions under which a field is required, each at the number of the fault: a field and its value. */
export const rules: Record<number, [field: string, value: unknown]> = { 14: ["background_noise", true], 15: ["voicemail_detection", true], 16: ["voicemail_type", "leave_message"], 17: ["webhook", true], 18: ["ai", true] };
/** All fields of all operations: the fault of a value, and the fault of a missing field, 0 if it is optional. */
export const fields: [wrong: number, missing: number][] = [[1, 13], [2, 13], [3, 13], [3, 13], [4, 13], [5, 13], [4, 13], [4, 13], [3, 13], [3, 13], [6, 13], [3, 14], [6, 13], [7, 15], [3, 16], [6, 13], [6, 13], [6, 13], [3, 17], [6, 13], [8, 13], [8, 13], [1, 13], [2, 13], [3, 0], [3, 0], [4, 0], [5, 0], [4, 0], [4, 0], [3, 0], [3, 0], [6, 0], [3, 14], [6, 0], [7, 15], [3, 16], [6, 0], [6, 0], [6, 0], [3, 17], [6, 0], [9, 0], [9, 0], [8, 13], [1, 13], [2, 13], [8, 13], [8, 13], [8, 13], [1, 13], [1, 13], [2, 0], [10, 0], [11, 0], [2, 13], [3, 13], [6, 13], [8, 13], [12, 13], [8, 18], [8, 0]];
