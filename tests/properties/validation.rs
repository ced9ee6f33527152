//! Requests against the table, for any mixture of right and wrong fields.

use std::collections::HashMap;

use centerfy::internal::operations::{Accepts, Field, Operation, Presence};
use centerfy::internal::validate::{Checker, Kind, check};
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
    fn kind(&self) -> (Kind, f64) {
        match self {
            Self::Absent => (Kind::Absent, 0.0),
            Self::Flag(flag) => (Kind::of_bool(*flag), 0.0),
            Self::Number(number) => (Kind::Number, *number),
            Self::Text(text) => (Kind::of_str(text), 0.0),
            Self::Object => (Kind::Object, 0.0),
            Self::Other => (Kind::Other, 0.0),
        }
    }

    /// What the contract says, in other words than the crate's.
    fn fits(&self, accepts: Accepts) -> bool {
        match (accepts, self) {
            (Accepts::PathId, Self::Text(text)) => !matches!(text.as_str(), "" | "." | ".."),
            (Accepts::Id, Self::Text(text)) => !text.is_empty(),
            (Accepts::Text, Self::Text(_))
            | (Accepts::Flag, Self::Flag(_))
            | (Accepts::Object, Self::Object) => true,
            (Accepts::Number, Self::Number(number)) => number.is_finite(),
            (Accepts::Unit, Self::Number(number)) => (0.0..=1.0).contains(number),
            (Accepts::PageSize, Self::Number(number)) => {
                number.fract() == 0.0 && (1.0..=200.0).contains(number)
            }
            (Accepts::Offset, Self::Number(number)) => {
                number.fract() == 0.0 && (0.0..=9_007_199_254_740_991.0).contains(number)
            }
            (Accepts::VoicemailType, Self::Text(text)) => {
                ["leave_message", "hangup"].contains(&text.as_str())
            }
            (Accepts::Channel, Self::Text(text)) => {
                ["sms", "email", "whatsapp", "facebook", "instagram"].contains(&text.as_str())
            }
            _ => false,
        }
    }

    fn is(&self, kind: Kind) -> bool {
        self.kind().0 == kind
    }
}

/// The strings that the checks tell apart from others.
fn words() -> Vec<&'static str> {
    Kind::ALL.into_iter().filter_map(Kind::word).collect()
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
        prop::sample::select(words()).prop_map(|word| Value::Text(word.to_owned())),
        "[a-z._ ]{0,12}".prop_map(Value::Text),
        Just(Value::Object),
        Just(Value::Other),
    ]
}

/// A value that a field takes, or any other one now and then.
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
    prop::sample::select(&Operation::ALL[..]).prop_flat_map(|operation| {
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

/// The first field that is wrong, found the long way.
fn first_wrong(fields: &[Field], values: &HashMap<&str, Value>) -> Option<&'static str> {
    let wrong = fields.iter().find(|field| {
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
    });
    wrong.map(|field| field.name)
}

proptest! {
    #![proptest_config(crate::cases(1000))]
    #[test]
    fn the_first_wrong_field_is_named((operation, values) in request()) {
        let fields = operation.spec().fields;
        let values: HashMap<&str, Value> = fields.iter().map(|field| field.name).zip(values).collect();
        let found = check(operation, |name| values[name].kind());
        let expected = first_wrong(fields, &values);
        prop_assert_eq!(found.err().map(|(name, _)| name), expected);
        if let Err((name, fault)) = found {
            // A rule is named only where its field is missing because of it.
            prop_assert!(fault.rule.is_none() || matches!(values[name], Value::Absent));
        }
    }

    #[test]
    fn one_request_leaves_nothing_for_the_next((first, values) in request()) {
        // A rule that held in one request, left in the middle, must not hold in the next.
        let mut checker = Checker::new();
        for (index, value) in (centerfy::internal::validate::first_field(first)..).zip(&values) {
            let (kind, number) = value.kind();
            let _ = checker.field(index, kind, number);
        }
        let mut fields = centerfy::internal::validate::first_field(Operation::SendMessage)..;
        let message = [Value::Object, Value::Text("x".into()), Value::Flag(false), Value::Text("c".into()), Value::Text("sms".into()), Value::Absent, Value::Absent];
        for (index, value) in fields.by_ref().zip(&message) {
            let (kind, number) = value.kind();
            prop_assert_eq!(checker.field(index, kind, number), Ok(()));
        }
    }

    #[test]
    fn fields_that_are_not_there_do_no_harm(index in any::<usize>(), kind in prop::sample::select(&Kind::ALL), number in any::<f64>()) {
        let _ = Checker::new().field(index, kind, number);
    }
}
