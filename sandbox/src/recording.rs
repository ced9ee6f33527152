//! Recordings: a short, soft piece of sound made by code, behind a signed URL.

use crate::http::{Answer, Request};
use std::hash::{DefaultHasher, Hash, Hasher};

const SAMPLES_PER_SECOND: u32 = 8_000;
const NOTE_MS: u32 = 400;
/// Half-tone steps above the ground tone: up a ninth chord, and down again.
const STEPS: [u32; 12] = [0, 7, 12, 16, 19, 14, 12, 16, 7, 12, 4, 0];

/// The address of a call's recording; without `expires_ms` it is good for ever.
pub(crate) fn url(origin: &str, call_id: &str, expires_ms: Option<u64>, secret: u64) -> String {
    let signature = sign(call_id, expires_ms, secret);
    let expires = expires_ms.map_or(String::new(), |ms| format!("expires={ms}&"));
    format!("{origin}/recordings/{call_id}.wav?{expires}signature={signature}")
}

/// Ties a URL to a call and an end. Nobody's safety hangs on it, so a plain hash will do.
fn sign(call_id: &str, expires_ms: Option<u64>, secret: u64) -> String {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        (secret, salt, call_id, expires_ms).hash(&mut hasher);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(1), half(2))
}

/// The call whose recording a path names.
pub(crate) fn call_id(path: &str) -> Option<&str> {
    path.strip_prefix("/recordings/")?.strip_suffix(".wav")
}

/// The recording itself, or a part of it, if the URL is signed and not yet expired.
pub(crate) fn serve(request: &Request, call_id: &str, secret: u64, now_ms: u64) -> Answer {
    let expires = request.parameter("expires");
    let expires_ms = match expires.as_deref().map(str::parse) {
        None => None,
        Some(Ok(ms)) => Some(ms),
        Some(Err(_)) => return Answer::error(403, "The signature of this URL is not valid"),
    };
    if request.parameter("signature").as_deref() != Some(&sign(call_id, expires_ms, secret)) {
        return Answer::error(403, "The signature of this URL is not valid");
    }
    if expires_ms.is_some_and(|expires_ms| expires_ms <= now_ms) {
        return Answer::error(403, "This URL has expired; ask for the recording again");
    }
    part(wav(call_id), request.header("range"), call_id)
}

/// The whole (200), one range of it (206), or the word that there is no such range (416).
fn part(sound: Vec<u8>, range: Option<&str>, call_id: &str) -> Answer {
    let length = sound.len();
    let mut answer = Answer::empty(200);
    answer.set("content-type", "audio/wav");
    answer.set("accept-ranges", "bytes");
    answer.set("cache-control", "private, no-store");
    answer.set(
        "content-disposition",
        format!("inline; filename=\"{call_id}.wav\""),
    );
    match range.and_then(|range| bounds(range, length)) {
        None => answer.body = sound,
        Some(Some((first, last))) => {
            answer.status = 206;
            answer.set("content-range", format!("bytes {first}-{last}/{length}"));
            answer.body = sound.get(first..=last).unwrap_or_default().to_vec();
        }
        Some(None) => {
            answer = Answer::error(416, "There is no such range in this recording");
            answer.set("content-range", format!("bytes */{length}"));
        }
    }
    answer
}

/// The first and last byte of a `Range` header. `None`: not one that is understood, so it is as
/// if absent. `Some(None)`: understood, and outside.
fn bounds(range: &str, length: usize) -> Option<Option<(usize, usize)>> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    if first.is_empty() {
        let count: usize = last.parse().ok()?;
        return Some((count > 0).then(|| (length.saturating_sub(count), end)));
    }
    let first: usize = first.parse().ok()?;
    let last: usize = match last {
        "" => usize::MAX,
        last => last.parse().ok().filter(|&last| last >= first)?,
    };
    Some((first <= end).then(|| (first, last.min(end))))
}

/// A WAV file of one channel and 16 bits: a slow broken chord, a little different per call.
fn wav(call_id: &str) -> Vec<u8> {
    let lift = u32::from(call_id.bytes().fold(0, u8::wrapping_add) % 5);
    let per_note = SAMPLES_PER_SECOND * NOTE_MS / 1_000;
    let samples = per_note * u32::try_from(STEPS.len()).unwrap_or_default();
    let mut file = header(samples * 2);
    for (place, step) in STEPS.iter().enumerate() {
        let half_tones = f64::from(step + lift);
        let pitch = 196.0 * (half_tones / 12.0).exp2();
        let last = place + 1 == STEPS.len();
        for sample in 0..per_note {
            let at = f64::from(sample) / f64::from(SAMPLES_PER_SECOND);
            let level = envelope(f64::from(sample) / f64::from(per_note), last);
            let turn = std::f64::consts::TAU * pitch * at;
            let tone = turn.sin() + 0.25 * (2.0 * turn).sin() + 0.08 * (3.0 * turn).sin();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the amplitude stays below 9 000"
            )]
            let value = (tone * level * 6_500.0) as i16;
            file.extend_from_slice(&value.to_le_bytes());
        }
    }
    file
}

/// How loud a note is on its way from 0 to 1: a soft start, then fading to silence.
fn envelope(way: f64, last: bool) -> f64 {
    let start = (way / 0.06).min(1.0);
    let fade = if last { 1.0 - way } else { (1.0 - way).sqrt() };
    start * fade
}

fn header(data_bytes: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(44 + usize::try_from(data_bytes).unwrap_or_default());
    header.extend_from_slice(b"RIFF");
    header.extend_from_slice(&(36 + data_bytes).to_le_bytes());
    header.extend_from_slice(b"WAVEfmt ");
    header.extend_from_slice(&16_u32.to_le_bytes());
    header.extend_from_slice(&1_u16.to_le_bytes());
    header.extend_from_slice(&1_u16.to_le_bytes());
    header.extend_from_slice(&SAMPLES_PER_SECOND.to_le_bytes());
    header.extend_from_slice(&(SAMPLES_PER_SECOND * 2).to_le_bytes());
    header.extend_from_slice(&2_u16.to_le_bytes());
    header.extend_from_slice(&16_u16.to_le_bytes());
    header.extend_from_slice(b"data");
    header.extend_from_slice(&data_bytes.to_le_bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_short_and_soft_wav() {
        let file = wav("c0ffee");
        assert!(file.len() < 200_000 && file.len() > 40_000);
        assert_eq!(file.get(..4), Some(&b"RIFF"[..]));
        assert_eq!(file.get(8..12), Some(&b"WAVE"[..]));
        let loudest = file
            .get(44..)
            .unwrap_or_default()
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok())
            .map(|pair| i16::from_le_bytes(pair).unsigned_abs())
            .max();
        assert!(loudest.is_some_and(|loudest| (3_000..12_000).contains(&loudest)));
    }

    #[test]
    fn ranges() {
        assert_eq!(bounds("bytes=0-9", 100), Some(Some((0, 9))));
        assert_eq!(bounds("bytes=90-", 100), Some(Some((90, 99))));
        assert_eq!(bounds("bytes=90-500", 100), Some(Some((90, 99))));
        assert_eq!(bounds("bytes=-10", 100), Some(Some((90, 99))));
        assert_eq!(bounds("bytes=-500", 100), Some(Some((0, 99))));
        assert_eq!(bounds("bytes=100-", 100), Some(None));
        assert_eq!(bounds("bytes=9-3", 100), None);
        assert_eq!(bounds("bytes=0-1,4-5", 100), None);
        assert_eq!(bounds("lines=0-1", 100), None);
    }
}
