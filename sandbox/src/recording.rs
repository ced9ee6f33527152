//! Recordings: a short generated sound, behind a signed URL.

use crate::http::{Request, Response};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The path below which the recordings are.
pub(crate) const PATH: &str = "/recordings";
const SAMPLES_PER_SECOND: u32 = 8_000;
const NOTE_MS: u32 = 400;
/// The notes, in semitones above the root: a ninth chord, up and down.
const STEPS: [u32; 12] = [0, 7, 12, 16, 19, 14, 12, 16, 7, 12, 4, 0];

/// The URL of a call's recording. Without `expires_ms` it does not expire.
pub(crate) fn url(origin: &str, call_id: &str, expires_ms: Option<u64>, secret: u64) -> String {
    let signature = sign(call_id, expires_ms, secret);
    let expires = expires_ms.map_or(String::new(), |ms| format!("expires={ms}&"));
    format!("{origin}{PATH}/{call_id}.wav?{expires}signature={signature}")
}

/// The signature of a URL. A plain hash is enough: the recordings are not confidential.
fn sign(call_id: &str, expires_ms: Option<u64>, secret: u64) -> String {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        (secret, salt, call_id, expires_ms).hash(&mut hasher);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(1), half(2))
}

/// The call id in the path of a recording.
pub(crate) fn call_id(path: &str) -> Option<&str> {
    path.strip_prefix(PATH)?
        .strip_prefix('/')?
        .strip_suffix(".wav")
}

/// The recording, or the requested range of it, if the signature is valid and has not expired.
pub(crate) fn serve(request: &Request, call_id: &str, secret: u64, now_ms: u64) -> Response {
    let expires = request.parameter("expires");
    let expires_ms = match expires.as_deref().map(str::parse) {
        None => None,
        Some(Ok(ms)) => Some(ms),
        Some(Err(_)) => return Response::error(403, "The signature of this URL is not valid"),
    };
    if request.parameter("signature").as_deref() != Some(&sign(call_id, expires_ms, secret)) {
        return Response::error(403, "The signature of this URL is not valid");
    }
    if expires_ms.is_some_and(|expires_ms| expires_ms <= now_ms) {
        return Response::error(403, "This URL has expired; request the recording again");
    }
    part(wav(call_id), request.header("range"), call_id)
}

/// The whole recording (200), a range of it (206), or an error if the range is outside (416).
fn part(sound: Vec<u8>, range: Option<&str>, call_id: &str) -> Response {
    let length = sound.len();
    let mut response = Response::empty(200);
    response.set("content-type", "audio/wav");
    response.set("accept-ranges", "bytes");
    response.set("cache-control", "private, no-store");
    response.set(
        "content-disposition",
        format!("inline; filename=\"{call_id}.wav\""),
    );
    match range.and_then(|range| bounds(range, length)) {
        None => response.body = sound,
        Some(Some((first, last))) => {
            response.status = 206;
            response.set("content-range", format!("bytes {first}-{last}/{length}"));
            response.body = sound.get(first..=last).unwrap_or_default().to_vec();
        }
        Some(None) => {
            response = Response::error(416, "There is no such range in this recording");
            response.set("content-range", format!("bytes */{length}"));
        }
    }
    response
}

/// The first and last byte of a `Range` header. `None` if the header is ignored because it is
/// invalid or has several ranges, `Some(None)` if the range is outside the recording.
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

/// A WAV file with one channel and 16 bits: a slow arpeggio in a key that depends on the call.
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
                reason = "the amplitude stays below 9,000"
            )]
            let value = (tone * level * 6_500.0) as i16;
            file.extend_from_slice(&value.to_le_bytes());
        }
    }
    file
}

/// The volume at a position of a note, from 0 to 1: a soft start, then fading to silence.
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
    fn a_recording_is_a_short_wav_file() {
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
    fn range_headers() {
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
