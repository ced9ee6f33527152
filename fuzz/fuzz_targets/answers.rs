//! Any response of a server, read as each type of answer.
#![no_main]

use centerfy::types::{
    Agent, AiCall, ApiError, ArchivedAgent, CallRecording, ContactMessages, SentMessage,
};
use libfuzzer_sys::fuzz_target;

/// An answer that was read is the same after it is written and read again.
macro_rules! again {
    ($text:expr, $($answer:ty),*) => {$(
        if let Ok(value) = serde_json::from_slice::<$answer>($text) {
            let written = serde_json::to_value(&value).expect("an answer can be written");
            let read: $answer = serde_json::from_value(written.clone()).expect("and read again");
            assert_eq!(serde_json::to_value(&read).expect("twice"), written);
        }
    )*};
}

fuzz_target!(|text: &[u8]| {
    again!(
        text,
        Agent,
        AiCall,
        ApiError,
        ArchivedAgent,
        CallRecording,
        ContactMessages,
        SentMessage
    );
});
