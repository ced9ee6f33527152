// Made by `cargo xtask build` from the crate's own lists. Do not edit.

/** The operations. */
export const enum Operation {
  GetAgent,
  CreateAgent,
  UpdateAgent,
  ArchiveAgent,
  MakeAiCall,
  GetCallRecording,
  GetContactMessages,
  SendMessage,
}

/** Where a request goes. */
export const enum Payload {
  Nothing,
  Body,
  Query,
  AgentId,
}

/** The kind of a value, as the checks distinguish them. */
export const enum Kind {
  Absent,
  False,
  True,
  Number,
  String,
  Object,
  Other,
}

/** What happened to a call. */
export const enum Event {
  TimerRang,
  Held,
  Sent,
  Lost,
  Json,
  ErrorJson,
  Unreadable,
}

/** What a call has to do next. */
export const enum Order {
  Ask,
  Wait,
  Back,
  Succeed,
  Fail,
  FailMaybe,
  FailEarlier,
}

/** Why a call failed. */
export const enum Code {
  Validation,
  BadRequest,
  Authentication,
  Permission,
  NotFound,
  RateLimited,
  Server,
  Http,
  Network,
  Timeout,
  Parse,
  Load,
}

/** The tag of two things that are packed into one number. */
export const tagOf = (packed: number) => packed & 7;
/** The value above it. */
export const valueOf = (packed: number) => packed >>> 3;
