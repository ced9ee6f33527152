/** The entry `centerfy/schema`: the requests as Standard Schema objects, with the client's own rules and messages. */
import type { CenterfyError } from "../error.js";
import { linkField } from "../generated/module.js";
import { Operation } from "../generated/protocol.js";
import { operations, type Spec } from "../generated/tables.js";
import type { Client } from "../options.js";
import { prepare, write } from "../request.js";
import type { JsonSchemaOptions, RequestSchema } from "./api.js";
import { check } from "./check.js";
import { toJSONSchema } from "./json.js";

export { agentDefaults } from "./defaults.js";

/** Prepares requests that are not sent. */
const CLIENT = { _base: "http://centerfy/" } as Client;

/** An operation without the id that precedes its request. */
const withoutId = (operation: Operation): Spec => {
  const { _arity: arity, _fields: fields, _firstField: first, ...spec } = operations[operation]!;
  const ids = arity - 1;
  return { ...spec, _arity: 1, _fields: fields.slice(ids), _firstField: first + ids, _idInPath: false };
};

const schema = <T>(operation: Operation): RequestSchema<T> => {
  const spec = withoutId(operation);
  linkField(check);
  const json = ({ target = "draft-2020-12" }: JsonSchemaOptions = {}) => toJSONSchema(spec, target);
  return {
    toJSONSchema: json,
    "~standard": {
      version: 1,
      vendor: "centerfy",
      validate: (value: unknown) => {
        try {
          prepare(CLIENT, spec, [value], write(spec, [value]));
          return { value: value as T };
        } catch (error) {
          const { issues } = error as CenterfyError;
          // A getter of the request threw.
          if (!issues) throw error;
          return {
            issues: issues.map(({ field, message }) => ({ message, path: field === spec._fields[0] ? [] : [field] })),
          };
        }
      },
      jsonSchema: { input: json, output: json },
    },
  };
};

export const createAgentRequest = /* @__PURE__ */ schema(Operation.CreateAgent);
export const updateAgentRequest = /* @__PURE__ */ schema(Operation.UpdateAgent);
export const makeAiCallRequest = /* @__PURE__ */ schema(Operation.MakeAiCall);
export const sendMessageRequest = /* @__PURE__ */ schema(Operation.SendMessage);
export const contactMessagesQuery = /* @__PURE__ */ schema(Operation.GetContactMessages);
