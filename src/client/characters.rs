//! Halves of characters: JSON can have an escape of one half of a surrogate pair (`\ud83d`), which
//! JavaScript's strings hold and Rust's do not.

/// Which half of a surrogate pair an escape is.
#[derive(PartialEq)]
enum Half {
    High,
    Low,
}

/// The length of an escape: `\ud83d`.
const ESCAPE: usize = 6;

/// Replaces halves that are not part of a pair with U+FFFD, as JavaScript does when it encodes a string.
pub(super) fn whole(json: String) -> String {
    let mut whole = String::new();
    let mut rest = json.as_str();
    while let Some(at) = rest.find('\\') {
        let (half, next) = (half(rest, at), half(rest, at + ESCAPE));
        let (kept, length) = match half {
            None => (at + 2, at + 2),
            Some(Half::High) if next == Some(Half::Low) => (at + 2 * ESCAPE, at + 2 * ESCAPE),
            Some(_) => (at, at + ESCAPE),
        };
        whole += rest.get(..kept).unwrap_or(rest);
        if kept < length {
            whole += "\\ufffd";
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if whole.is_empty() {
        return json;
    }
    whole + rest
}

fn half(json: &str, at: usize) -> Option<Half> {
    let [b'\\', b'u', b'd' | b'D', half, more @ ..] = json.as_bytes().get(at..at + ESCAPE)? else {
        return None;
    };
    let half = match half.to_ascii_lowercase() {
        b'8' | b'9' | b'a' | b'b' => Half::High,
        b'c'..=b'f' => Half::Low,
        _ => return None,
    };
    more.iter().all(u8::is_ascii_hexdigit).then_some(half)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::whole;

    #[test]
    fn half_a_character_is_replaced_and_everything_else_stays() {
        for (json, expected) in [
            (r"", r""),
            (r"plain", r"plain"),
            (r"\ud83d\ude00 \uD83D\uDE00", r"\ud83d\ude00 \uD83D\uDE00"),
            (r"a\ud83d", r"a\ufffd"),
            (r"\ude00b", r"\ufffdb"),
            (r"\uDE00\uD83D", r"\ufffd\ufffd"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\\ud83d \\\ud83d", r"\\ud83d \\\ufffd"),
            (r"\ud83dx\ude00", r"\ufffdx\ufffd"),
            (r"\ud8zz \ud7ff \u0041 \n", r"\ud8zz \ud7ff \u0041 \n"),
            (r"\ud8", r"\ud8"),
            (r"é\", r"é\"),
            (r"\é\ud83d", r"\é\ud83d"),
        ] {
            assert_eq!(whole(json.into()), expected, "{json}");
        }
    }
}
