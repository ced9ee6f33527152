//! Checks the hosts of URLs outside of JavaScript, whose `URL` would do it. Validating names outside of ASCII
//! takes the tables of IDNA, which are not included: only characters that no name contains are rejected.

use std::net::Ipv6Addr;

/// `None` unless this is a URL.
pub(crate) fn url(base: String) -> Option<String> {
    is_url(&base).then_some(base)
}

/// Whether this is a URL. `base` has a scheme, a nonempty host, and a valid port or none.
fn is_url(base: &str) -> bool {
    let below = base.split_once("://").map_or("", |(_, below)| below);
    let authority = below.split('/').next().unwrap_or_default();
    // The colons of an IPv6 address precede its closing bracket.
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    };
    match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => is_name(&host.chars().map(narrow).collect::<String>()),
    }
}

/// The character that a URL parser maps this one to: a fullwidth form becomes ASCII.
fn narrow(char: char) -> char {
    match char {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from((u32::from(char) - 0xfee0) as u8),
        _ => char,
    }
}

/// `example.com`, `127.0.0.1`
fn is_name(host: &str) -> bool {
    const FOREIGN: &[char] = &[
        '#', '%', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '|',
    ];
    let foreign = |char| FOREIGN.contains(&char) || is_in_no_name(char);
    let empty = |label: &str| label.eq_ignore_ascii_case("xn--");
    // The root's dot is optional.
    let labels = host.strip_suffix('.').unwrap_or(host);
    let last = labels.rsplit('.').next().unwrap_or_default();
    let is_digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    !(host.is_empty() || host.contains(foreign) || host.split('.').any(empty))
        && (!is_digits && part(last).is_none() || is_ipv4(labels))
}

/// Control characters, spaces, invisible characters, and punctuation that maps to ASCII's.
fn is_in_no_name(char: char) -> bool {
    matches!(char,
        '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{1680}' | '\u{180e}'
        | '\u{2000}'..='\u{206f}' | '\u{2100}' | '\u{2101}' | '\u{2105}' | '\u{2106}'
        | '\u{3000}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe10}'..='\u{fe1f}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
        | '\u{e0000}'..)
}

/// Up to four numbers, of which the last holds the remaining bytes.
fn is_ipv4(host: &str) -> bool {
    let mut left = 1_u64 << 32;
    let mut parts = host.split('.').map(part).peekable();
    while let Some(number) = parts.next() {
        let most = if parts.peek().is_some() { 256 } else { left };
        if left == 1 || number.is_none_or(|number| number >= most) {
            return false;
        }
        left >>= 8;
    }
    true
}

/// A number in the formats of URLs: `127`, `0177`, `0x7f`.
fn part(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [] => return None,
        [b'0', b'x' | b'X', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] => (digits, 8),
        digits => (digits, 10),
    };
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = char::from(*digit).to_digit(radix)?;
        // More than any address is enough.
        Some((number * u64::from(radix) + u64::from(digit)).min(1 << 40))
    })
}

#[cfg(test)]
mod tests {
    use super::is_url;

    /// `tests/client/options.rs` compares both lists with JavaScript's `URL`.
    #[test]
    fn a_host_that_can_be_none_is_refused() {
        for host in include_str!("url/refused.txt").lines() {
            let host = unwritten(host);
            assert!(!is_url(&format!("http://{host}/")), "{host:?}");
            assert!(!is_url(&format!("https://{host}:80/")), "{host:?}");
        }
    }

    #[test]
    fn a_host_that_can_be_one_is_taken() {
        for host in include_str!("url/taken.txt").lines() {
            let host = unwritten(host);
            assert!(is_url(&format!("http://{host}/api/")), "{host:?}");
            assert!(is_url(&format!("http://{host}:8080/")), "{host:?}");
        }
    }

    /// A line of the lists, in which `\\u{200b}` is that character.
    fn unwritten(line: &str) -> String {
        let mut parts = line.split("\\u{");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |host, part| {
            let (code, rest) = part.split_once('}').unwrap_or_default();
            let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
            format!("{host}{}{rest}", code.unwrap_or_default())
        })
    }
}
