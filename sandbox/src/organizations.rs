//! The organizations of a handler, by their keys.

use crate::entities::Call;
use crate::organization::{Organization, Settings};
use crate::random::Random;
use std::collections::BTreeMap;

/// Any number of organizations.
#[derive(Debug, Clone)]
pub(crate) struct Organizations {
    by_main_key: BTreeMap<String, Organization>,
    random: Random,
}

impl Organizations {
    /// The default organization. The seed determines the keys and ids of all others.
    pub(crate) fn new(seed: u64, settings: Settings, now_ms: u64) -> Self {
        Self::only(Organization::default_one(settings, now_ms), seed)
    }

    /// A single organization.
    pub(crate) fn only(organization: Organization, seed: u64) -> Self {
        Self {
            by_main_key: BTreeMap::from([(organization.main.key.clone(), organization)]),
            random: Random::new(seed),
        }
    }

    /// Creates another organization.
    pub(crate) fn create(&mut self, settings: Settings, now_ms: u64) -> &mut Organization {
        let organization = Organization::new(self.random.next(), settings, now_ms);
        let key = organization.main.key.clone();
        self.by_main_key.remove(&key);
        self.by_main_key.entry(key).or_insert(organization)
    }

    /// Removes the organization with that main key.
    pub(crate) fn remove(&mut self, main_key: &str) -> Option<Organization> {
        self.by_main_key.remove(main_key)
    }

    /// The organization with that main key.
    pub(crate) fn get(&mut self, main_key: &str) -> Option<&mut Organization> {
        self.by_main_key.get_mut(main_key)
    }

    /// The organization to which a key belongs, main key or other key.
    pub(crate) fn of_key(&mut self, key: &str) -> Option<&mut Organization> {
        if self.by_main_key.contains_key(key) {
            return self.by_main_key.get_mut(key);
        }
        self.by_main_key
            .values_mut()
            .find(|organization| organization.other.key == key)
    }

    /// The call with that id, and its organization.
    pub(crate) fn of_call(&self, id: &str) -> Option<(&Organization, &Call)> {
        self.by_main_key
            .values()
            .find_map(|organization| Some((organization, organization.call(id)?)))
    }

    /// A unique id.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.random.id(prefix)
    }
}
