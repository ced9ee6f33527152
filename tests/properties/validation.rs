//! Requests against the table, with any mixture of valid and invalid fields.

use std::collections::HashMap;

use centerfy::internal::accepts::Accepts;
use centerfy::internal::operations::{Field, Operation, Presence};
use centerfy::internal::validate::{
    Checker, Kind, NO_FAULT, Value as Checked, WORDS, check, first_field,
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Value {
    Absent,
    Flag(bool),
    Number(f64),
    Text(String),
    Object,
    Other,
}

impl Value {
    fn checked(&self) -> Checked {
        match self {
            Self::Absent => Checked::of_kind(Kind::Absent),
            Self::Flag(flag) => Checked::of_bool(*flag),
            Self::Number(number) => Checked::of_number(*number),
            Self::Text(text) => Checked::of_str(text),
            Self::Object => Checked::of_kind(Kind::Object),
            Self::Other => Checked::of_kind(Kind::Other),
        }
    }

    /// The rule of the table, implemented independently of the crate.
    fn fits(&self, accepts: Accepts) -> bool {
        match (accepts, self) {
            (Accepts::String { min, max }, Self::Text(text)) => {
                (min..=max).contains(&(text.chars().count() as f64))
            }
            (Accepts::PathSegment, Self::Text(text)) => !matches!(text.as_str(), "" | "." | ".."),
            (Accepts::OneOf(words), Self::Text(text)) => words.contains(&text.as_str()),
            (Accepts::Boolean, Self::Flag(_)) | (Accepts::Object, Self::Object) => true,
            (Accepts::Number { min, max }, Self::Number(number)) => (min..=max).contains(number),
            (Accepts::Integer { min, max }, Self::Number(number)) => {
                number.fract() == 0.0 && (min..=max).contains(number)
            }
            _ => false,
        }
    }

    /// Whether it is this string, or `true` without one.
    fn is(&self, word: Option<&str>) -> bool {
        match (word, self) {
            (Some(word), Self::Text(text)) => word == text,
            (None, Self::Flag(flag)) => *flag,
            _ => false,
        }
    }
}

fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        prop::sample::select(
            &[
                0.0,
                -0.0,
                1.0,
                1.5,
                200.0,
                201.0,
                -1.0,
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                9_007_199_254_740_991.0,
                9_007_199_254_740_992.0,
                f64::MIN_POSITIVE
            ][..]
        ),
        any::<f64>(),
    ];
    prop_oneof![
        Just(Value::Absent),
        any::<bool>().prop_map(Value::Flag),
        number.prop_map(Value::Number),
        prop::sample::select(WORDS).prop_map(|word| Value::Text(word.to_owned())),
        "[a-z._ ]{0,12}".prop_map(Value::Text),
        Just(Value::Object),
        Just(Value::Other),
    ]
}

/// A value that a field accepts, or sometimes any other.
fn likely(accepts: Accepts) -> BoxedStrategy<Value> {
    (prop::collection::vec(value(), 6), 0..40_u32)
        .prop_map(move |(values, slip)| {
            let first = values[0].clone();
            if slip == 0 {
                first
            } else {
                values
                    .into_iter()
                    .find(|value| value.fits(accepts))
                    .unwrap_or(first)
            }
        })
        .boxed()
}

fn request() -> impl Strategy<Value = (Operation, Vec<Value>)> {
    prop::sample::select(Operation::ALL).prop_flat_map(|operation| {
        let fields: Vec<_> = operation
            .spec()
            .fields
            .iter()
            .map(|field| match field.presence {
                Presence::Required => likely(field.accepts),
                _ => prop_oneof![Just(Value::Absent), likely(field.accepts)].boxed(),
            })
            .collect();
        (Just(operation), fields)
    })
}

/// The invalid fields, found by a simple search.
fn all_wrong(operation: Operation, values: &HashMap<&str, Value>) -> Vec<&'static str> {
    let is_wrong = |field: &&Field| {
        let value = &values[field.name];
        if !matches!(value, Value::Absent) {
            return !value.fits(field.accepts);
        }
        match field.presence {
            Presence::Required => true,
            Presence::Optional => false,
            Presence::When(rule) => {
                let (name, holds) = rule.condition();
                values[name].is(holds)
            }
        }
    };
    let spec = operation.spec();
    let request = &spec.fields[spec.arity() - 1];
    // Without a request, its fields are not missing.
    let checked = if is_wrong(&request) {
        spec.arity()
    } else {
        spec.fields.len()
    };
    let wrong = spec.fields[..checked].iter().filter(is_wrong);
    wrong.map(|field| field.name).collect()
}

proptest! {
    #![proptest_config(crate::cases(1000))]
    #[test]
    fn every_wrong_field_is_named((operation, values) in request()) {
        let fields = operation.spec().fields;
        let values: HashMap<&str, Value> = fields.iter().map(|field| field.name).zip(values).collect();
        let found = check(operation, |name| values[name].checked());
        let faults = found.err().unwrap_or_default();
        let names: Vec<_> = faults.iter().map(|(name, _)| *name).collect();
        prop_assert_eq!(names, all_wrong(operation, &values));
        for (name, fault) in faults {
            let is_missing = fault.is_missing();
            prop_assert_eq!(is_missing, matches!(values[name], Value::Absent));
        }
    }

    #[test]
    fn one_request_leaves_nothing_for_the_next((first, values) in request()) {
        // A rule of an unfinished request does not apply to the next.
        let mut checker = Checker::new();
        for (index, value) in (first_field(first)..).zip(&values) {
            let _ = checker.field(index, value.checked());
        }
        let message = [Value::Object, Value::Text("x".into()), Value::Flag(false), Value::Text("c".into()), Value::Text("sms".into()), Value::Absent, Value::Absent];
        for (index, value) in (first_field(Operation::SendMessage)..).zip(&message) {
            prop_assert_eq!(checker.field(index, value.checked()), NO_FAULT);
        }
    }

    #[test]
    fn fields_that_do_not_exist_do_no_harm(index in any::<usize>(), kind in prop::sample::select(Kind::ALL), size in any::<f64>(), word in any::<u32>()) {
        let _ = Checker::new().field(index, Checked { kind, size, word });
    }
}
