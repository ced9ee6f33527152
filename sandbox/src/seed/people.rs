//! Made-up people, as many as a test needs.

use crate::auth::Scope;
use crate::entities::Contact;
use crate::organization::NewContacts;
use crate::random::Random;

#[rustfmt::skip]
const FIRST_NAMES: [&str; 24] = [
    "Ada", "Amir", "Ana", "Ben", "Chen", "Dana", "Farah", "Grace", "Hugo", "Ines", "Ivan", "Jonas",
    "Kofi", "Lea", "Liam", "Maya", "Mei", "Nadia", "Omar", "Petra", "Rosa", "Samir", "Uma", "Yuki",
];

#[rustfmt::skip]
const LAST_NAMES: [&str; 24] = [
    "Baker", "Berg", "Castro", "Chan", "Costa", "Diaz", "Garcia", "Hill", "Ito", "Keller", "Khan", "Kim",
    "Larsen", "Lopez", "Mensah", "Moreau", "Nguyen", "Okafor", "Park", "Patel", "Rossi", "Silva",
    "Tanaka", "Weber",
];

/// Time zones with all kinds of differences: with and without daylight saving time, on both
/// hemispheres, with half hours and quarter hours, and one whose clock changes by half an hour.
#[rustfmt::skip]
const TIME_ZONES: [&str; 20] = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/St_Johns", "America/Sao_Paulo", "Europe/London",
    "Europe/Berlin", "Africa/Lagos", "Asia/Dubai", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo",
    "Australia/Adelaide", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland",
];

/// One of so many people has no phone number, one of so many no email address. The numbers have no
/// factor in common with the number of time zones.
const WITHOUT_PHONE: usize = 17;
const WITHOUT_EMAIL: usize = 9;

/// That number of people, and at most [`NewContacts::MOST`].
pub(super) fn made_up(count: usize, scope: &Scope, random: &mut Random) -> Vec<Contact> {
    let shift = usize::try_from(random.between(0, 1 << 16)).unwrap_or_default();
    let people = 0..count.min(NewContacts::MOST);
    people
        .map(|index| person(index, shift, scope, random))
        .collect()
}

/// `shift` is that of the seed, so that the first person of each seed is another kind of person.
fn person(index: usize, shift: usize, scope: &Scope, random: &mut Random) -> Contact {
    let mut any = |names| random.pick(names).copied().unwrap_or_default();
    let (first, last) = (any(&FIRST_NAMES), any(&LAST_NAMES));
    let kind = index + shift;
    let mut email = format!("{first}.{last}.{index}@example.com");
    email.make_ascii_lowercase();
    Contact {
        id: random.uuid(),
        scope: scope.clone(),
        name: Some(format!("{first} {last}")),
        email: (!kind.is_multiple_of(WITHOUT_EMAIL)).then_some(email),
        phone: (!kind.is_multiple_of(WITHOUT_PHONE)).then(|| phone(index)),
        time_zone: TIME_ZONES
            .get(kind % TIME_ZONES.len())
            .map(|&zone| zone.to_owned()),
        conversation_id: random.id("conv_"),
        messages: Vec::new(),
    }
}

/// The first 8,000 people have different numbers. They are reserved for examples: 555-0100 to 555-0199
/// in the area codes 201 to 210, 301 to 310, up to 901 to 910. As for real people, the area code says
/// nothing about the time zone.
fn phone(index: usize) -> String {
    let code = 100 * (2 + index % 8) + 1 + index / 8 % 10;
    let number = 100 + index / 80 % 100;
    format!("+1{code}5550{number}")
}
