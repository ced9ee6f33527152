//! The table of the checks as TypeScript, for `centerfy/schema`: it validates without the module.

use super::tables::HEADER;
use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::{Field, Operation, Presence, Rule};
use centerfy::internal::validate::Fault;

/// The text of `checks.ts`.
pub(super) fn checks() -> String {
    let faults: Vec<_> = Fault::all().collect();
    // Number 0 means that nothing is wrong.
    let number = |fault: Fault| {
        1 + faults
            .iter()
            .position(|it| *it == fault)
            .unwrap_or_default()
    };
    let accepted = faults
        .iter()
        .filter_map(|fault| Some(schema(fault.accepts()?)));
    let rules = Rule::EACH.map(|rule| {
        let (field, word) = rule.condition();
        let holds = word.map_or_else(|| "true".to_owned(), |word| format!("{word:?}"));
        format!(
            "{}: [{field:?}, {holds}]",
            number(Fault::missing(Some(rule)))
        )
    });
    let fields = Operation::EACH
        .into_iter()
        .flat_map(|operation| operation.spec().fields);
    let fields = fields.map(
        |Field {
             accepts, presence, ..
         }| {
            let missing = match presence {
                Presence::Required => number(Fault::missing(None)),
                Presence::When(rule) => number(Fault::missing(Some(*rule))),
                Presence::Optional => 0,
            };
            format!("[{}, {missing}]", number(Fault::wrong(*accepts)))
        },
    );
    format!(
        "{HEADER}
/** The part of JSON Schema that describes fields. */
export interface FieldSchema {{
  type?: \"string\" | \"number\" | \"integer\" | \"boolean\" | \"object\";
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  not?: object;
}}

/** What fields accept, each at the number of the fault of all other values. */
export const accepted: FieldSchema[] = [{{}}, {}];
/** The number of the fault of a missing field that is always required. */
export const REQUIRED = {};
/** The conditions under which a field is required, each at the number of the fault: a field and its value. */
export const rules: Record<number, [field: string, value: unknown]> = {{ {} }};
/** All fields of all operations: the fault of a value, and the fault of a missing field, 0 if it is optional. */
export const fields: [wrong: number, missing: number][] = [{}];
",
        accepted.collect::<Vec<_>>().join(", "),
        number(Fault::missing(None)),
        rules.join(", "),
        fields.collect::<Vec<_>>().join(", "),
    )
}

/// What a field accepts, as JSON Schema.
fn schema(accepts: Accepts) -> String {
    let limits = |type_: &str, names: [&str; 2], min: Option<f64>, max: Option<f64>| {
        let limits = names.into_iter().zip([min, max]);
        let limits = limits.filter_map(|(name, limit)| Some(format!(", {name}: {}", limit?)));
        format!("{{ type: {type_:?}{} }}", limits.collect::<String>())
    };
    let within = |limit: f64| Some(limit).filter(|it| it.abs() < f64::MAX);
    let numbers = ["minimum", "maximum"];
    match accepts {
        Accepts::String { min, max } => {
            let min = Some(min).filter(|it| *it > 0.0);
            limits("string", ["minLength", "maxLength"], min, within(max))
        }
        Accepts::PathSegment => {
            "{ type: \"string\", not: { enum: [\"\", \".\", \"..\"] } }".to_owned()
        }
        Accepts::OneOf(words) => format!("{{ type: \"string\", enum: {words:?} }}"),
        Accepts::Boolean => "{ type: \"boolean\" }".to_owned(),
        Accepts::Number { min, max } => limits("number", numbers, within(min), within(max)),
        Accepts::Integer { min, max } => limits("integer", numbers, within(min), within(max)),
        Accepts::Object => "{ type: \"object\" }".to_owned(),
        Accepts::Nothing => "{ not: {} }".to_owned(),
    }
}
