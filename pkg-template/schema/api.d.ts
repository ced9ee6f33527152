import type {
    AgentSettings,
    ContactMessagesQuery,
    CreateAgentRequest,
    MakeAiCallRequest,
    SendMessageRequest,
    UpdateAgentRequest,
} from "../types.js";

/** An invalid field of a request. */
export interface SchemaIssue {
    /** What is wrong with it, to be shown at the field: `"is required when webhook is true"`. */
    readonly message: string;
    /** The name of the field; empty if the request itself is invalid. */
    readonly path: readonly string[];
}

/** The result of a validation: the request itself, or every invalid field. */
export type SchemaResult<T> =
    | { readonly value: T; readonly issues?: undefined }
    | { readonly issues: readonly SchemaIssue[] };

/** A JSON Schema. */
export interface JsonSchema {
    [keyword: string]: unknown;
}

/** The options of {@link RequestSchema.toJSONSchema}. */
export interface JsonSchemaOptions {
    /**
     * The version of JSON Schema: `"draft-2020-12"` or `"draft-07"`.
     *
     * @default "draft-2020-12"
     */
    readonly target?: string | undefined;
}

/**
 * The rules of a request as a [Standard Schema](https://standardschema.dev), which form libraries, server
 * frameworks and RPC libraries accept. Its verdicts and messages are those of the client.
 */
export interface RequestSchema<T> {
    /**
     * The rules as JSON Schema, for the tools of a language model and for documentation. The rules by which one
     * field requires another are in `allOf`.
     *
     * @throws {Error} If the `target` is not supported.
     */
    toJSONSchema(options?: JsonSchemaOptions): JsonSchema;
    /** The interface of Standard Schema. */
    readonly "~standard": {
        /** The version of the interface. */
        readonly version: 1;
        /** `"centerfy"`. */
        readonly vendor: string;
        /** Validates a request, synchronously. */
        readonly validate: (value: unknown) => SchemaResult<T>;
        /** The type of the request. Only for TypeScript: the property does not exist. */
        readonly types?: { readonly input: T; readonly output: T } | undefined;
        /** The rules as JSON Schema. */
        readonly jsonSchema: {
            /** The same as `toJSONSchema`. */
            readonly input: (options: JsonSchemaOptions) => JsonSchema;
            /** The same as `toJSONSchema`. */
            readonly output: (options: JsonSchemaOptions) => JsonSchema;
        };
    };
}

/** A request of `createAgent`. */
export const createAgentRequest: RequestSchema<CreateAgentRequest>;
/** A patch of `updateAgent`. */
export const updateAgentRequest: RequestSchema<UpdateAgentRequest>;
/** A request of `makeAiCall`. */
export const makeAiCallRequest: RequestSchema<MakeAiCallRequest>;
/** A request of `sendMessage`. */
export const sendMessageRequest: RequestSchema<SendMessageRequest>;
/** A query of `getContactMessages`. Its fields are numbers: convert those of a URL first. */
export const contactMessagesQuery: RequestSchema<ContactMessagesQuery>;

/** The type of {@link agentDefaults}: the fields that are always required, without the ids. */
export interface AgentDefaults
    extends Omit<
        AgentSettings,
        | "background_type"
        | "voicemail_type"
        | "voicemail_message"
        | "webhook_url"
        | "organization_id"
        | "sub_account_id"
    > {
    /** No ambient sound. */
    background_noise: false;
    /** Not noticing voicemails. */
    voicemail_detection: false;
    /** No webhook. */
    webhook: false;
}

/**
 * The values that the form of a new agent starts with. With a name, `organization_id` and `sub_account_id`, they are
 * a valid request.
 *
 * @example
 * ```ts
 * import { agentDefaults } from "centerfy/schema";
 *
 * const agent = await centerfy.createAgent({ ...agentDefaults, name: "Sales Bot", organization_id, sub_account_id });
 * ```
 */
export const agentDefaults: AgentDefaults;
