//! `tests/support/samples.json`: valid calls and answers of every operation.

use centerfy::types::round_trip;

use super::document::Document;
use super::samples_file::{answer, arguments, organization};
use super::structs::normal;
use super::table::wrong_field;

#[test]
fn every_operation_has_a_valid_sample() {
    let organization = organization();
    for operation in Document::read().operations() {
        let arguments = arguments(&operation.id, &organization);
        let wrong = wrong_field(&operation.id, &arguments);
        assert_eq!(wrong, None, "{}: {arguments:?}", operation.id);

        let answer = answer(&operation.id, &organization);
        let through = round_trip(&operation.answer).map(|through| through(&answer));
        assert_eq!(
            through.and_then(Result::ok).map(normal),
            Some(normal(answer)),
            "{}",
            operation.id
        );
    }
}

#[test]
fn the_samples_say_which_operations_are_not_repeat_safe() {
    let once = |id: &str| {
        let text = include_str!("../support/samples.json");
        let samples: serde_json::Value = serde_json::from_str(text).expect("JSON");
        samples["operations"][id]["once"] == true
    };
    for operation in Document::read().operations() {
        assert_eq!(
            once(&operation.id),
            !operation.repeat_safe,
            "{}",
            operation.id
        );
    }
}
