//! What the TypeScript shares with the crate, written from the crate's own lists: enums, tables and
//! words.

use centerfy::internal::error::{
    Code, Delivery, MAYBE_DELIVERED_HEADER, REDIRECTED, REQUEST_ID_HEADERS, Said,
};
use centerfy::internal::operations::{Operation, Payload};
use centerfy::internal::protocol::{Event, Order, TAG_BITS};
use centerfy::internal::retry::{RETRY_AFTER, WAIT_HEADERS};
use centerfy::internal::validate::{Fault, Kind, WORDS, first_field};
use std::fmt::Write;

pub(super) const HEADER: &str =
    "// Made by `cargo xtask build` from the crate's own lists. Do not edit.\n";

/// The text of `protocol.ts`: the names of what crosses the wasm boundary.
pub(super) fn protocol() -> String {
    let enums = [
        (
            "Operation",
            "The operations.",
            Operation::IDENTIFIERS.as_slice(),
        ),
        ("Payload", "Where a request goes.", &Payload::IDENTIFIERS),
        (
            "Kind",
            "The kind of a value, as the checks distinguish them.",
            &Kind::IDENTIFIERS,
        ),
        ("Event", "What happened to a call.", &Event::IDENTIFIERS),
        ("Order", "What a call has to do next.", &Order::IDENTIFIERS),
        ("Code", "Why a call failed.", &Code::IDENTIFIERS),
    ];
    let mut text = HEADER.to_owned();
    for (name, about, identifiers) in enums {
        let list = identifiers.join(",\n  ");
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n/** {about} */\nexport const enum {name} {{\n  {list},\n}}\n"
        );
    }
    let mask = (1_u32 << TAG_BITS) - 1;
    text + &format!(
        "\n/** The tag of two things that are packed into one number. */\n\
         export const tagOf = (packed: number) => packed & {mask};\n\
         /** The value above it. */\n\
         export const valueOf = (packed: number) => packed >>> {TAG_BITS};\n"
    )
}

/// The text of `tables.ts`: what the crate knows of operations, fields and errors.
pub(super) fn tables() -> String {
    let rows: String = Operation::EACH.map(row).concat();
    let faults: Vec<_> = Fault::all()
        .map(|fault| format!("{:?}", fault.text()))
        .collect();
    let hints = Code::EACH.map(|code| match code {
        // Its words are always made of a field and what that must be.
        Code::Validation => String::new(),
        code => format!("{:?}", code.hint()),
    });
    format!(
        "{HEADER}
import {{ Order, Payload }} from \"./protocol.js\";

/** What an operation is made of. */
export interface Spec {{
  _name: string;
  _method: string;
  _path: string;
  /** Whether the first argument follows the path. */
  _idInPath: boolean;
  _payload: Payload;
  /** Whether carrying it out twice does no harm. */
  _repeatSafe: boolean;
  /** How many arguments it takes: an id, a request, or both. */
  _arity: number;
  /** The number of its first field among all fields. */
  _firstField: number;
  _fields: string[];
}}

/** The operations, each at its number. */
export const operations: Spec[] = [
{rows}];
/** The strings that the checks tell apart from others, each at its index. */
export const words: unknown[] = {WORDS:?};
/** What can be wrong with a field, each at its number. Nothing is wrong where the number is 0. */
export const faults = [, {}];
/** The codes of errors as users see them, each at its number. */
export const codes = {:?} as const;
/** What is said where the server says nothing, each at the number of its code. */
export const hints = [{}];
/** What is added where a failed call may have been carried out, by what the module says of it. */
export const warnings: {{ [order: number]: string }} = {{ [Order.FailMaybe]: {:?}, [Order.FailEarlier]: {:?} }};
/** The header in which a proxy says whether a failed call may have been carried out. */
export const MAYBE_DELIVERED = {MAYBE_DELIVERED_HEADER:?};
/** Its words, each at its number. */
export const saidWords = {:?};
/** What is said where the server sends elsewhere. */
export const redirected = {REDIRECTED:?};
/** The headers that may have the id of a request, the first that is there. */
export const requestIdHeaders = {REQUEST_ID_HEADERS:?};
/** The headers that tell how long to wait, in the order in which they are believed, and their unit. */
export const waitHeaders: [string, number][] = [{}];
/** The one of them that may be a date. */
export const retryAfter = {RETRY_AFTER:?};
",
        faults.join(", "),
        Code::EACH.map(Code::name),
        hints.join(", "),
        Delivery::Maybe.warning(),
        Delivery::Earlier.warning(),
        Said::EACH.map(Said::word),
        WAIT_HEADERS.map(|(name, unit)| format!("[{name:?}, {unit}]")).join(", "),
    )
}

fn row(operation: Operation) -> String {
    let spec = operation.spec();
    let fields: Vec<_> = spec.fields.iter().map(|field| field.name).collect();
    format!(
        "  {{ _name: {:?}, _method: {:?}, _path: {:?}, _idInPath: {}, _payload: Payload.{}, _repeatSafe: {}, _arity: {}, _firstField: {}, \
         _fields: {fields:?} }},\n",
        spec.name,
        spec.method,
        spec.path,
        spec.id_in_path,
        Payload::IDENTIFIERS[spec.payload as usize],
        spec.repeat_safe,
        spec.arity(),
        first_field(operation)
    )
}
