//! The tables that the script shares with the module, written from the crate's own.

use centerfy::Code;
use centerfy::internal::operations::{Accepts, Operation, Rule};
use centerfy::internal::retry::WAIT_HEADERS;
use centerfy::internal::validate::{WORDS, first_field};

/// The text of `tables.js`.
pub(super) fn script() -> String {
    let mut rows = String::new();
    for operation in Operation::ALL {
        let spec = operation.spec();
        let path_id = u8::from(spec.id_in_path);
        let fields: Vec<_> = spec.fields.iter().map(|field| field.name).collect();
        rows += &format!(
            "  [{:?}, {:?}, {:?}, {path_id}, {}, {fields:?}],\n",
            spec.name,
            spec.method,
            spec.path,
            first_field(operation)
        );
    }
    let rules: Vec<_> = std::iter::once(String::new())
        .chain(Rule::ALL.iter().map(|rule| {
            let (field, value) = rule.condition();
            format!(" when {field} is {value}")
        }))
        .collect();
    format!(
        "// Made by `cargo xtask build` from the tables in src/.\n\n\
         /** Name, verb, path, whether the id follows it, the number of its first field, its fields. */\n\
         export const operations = [\n{rows}];\n\
         /** The strings that the checks tell apart from others. */\n\
         export const words = {:?};\n\
         /** What may follow \"must be\". */\n\
         export const expected = {:?};\n\
         /** The conditions under which a field has to be there. */\n\
         export const rules = {rules:?};\n\
         /** The codes of errors. */\n\
         export const codes = {:?};\n\
         /** What is said where the server says nothing. */\n\
         export const hints = {:?};\n\
         /** The headers that tell how long to wait, in the order in which they are believed. */\n\
         export const waitHeaders = {WAIT_HEADERS:?};\n",
        WORDS,
        Accepts::ALL.map(Accepts::expected),
        Code::ALL.map(Code::name),
        Code::ALL.map(|code| if code == Code::Validation {
            ""
        } else {
            code.hint()
        }),
    )
}
