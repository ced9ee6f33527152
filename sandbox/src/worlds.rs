//! All worlds of a sandbox, by their keys.

use crate::random::Random;
use crate::things::Call;
use crate::world::{Settings, World};
use std::collections::BTreeMap;

/// Any number of worlds; one of them is always well known.
#[derive(Debug, Clone)]
pub(crate) struct Worlds {
    by_main_key: BTreeMap<String, World>,
    random: Random,
}

impl Worlds {
    /// The well-known world. The seed decides the keys and ids of all others.
    pub(crate) fn new(seed: u64, settings: Settings, now_ms: u64) -> Self {
        Self::only(World::well_known(settings, now_ms), seed)
    }

    /// One world and no other.
    pub(crate) fn only(world: World, seed: u64) -> Self {
        Self {
            by_main_key: BTreeMap::from([(world.main.key.clone(), world)]),
            random: Random::new(seed),
        }
    }

    /// Makes another one.
    pub(crate) fn make(&mut self, settings: Settings, now_ms: u64) -> &mut World {
        let world = World::new(self.random.next(), settings, now_ms);
        let key = world.main.key.clone();
        self.by_main_key.remove(&key);
        self.by_main_key.entry(key).or_insert(world)
    }

    /// Removes the one with that main key, if there is one.
    pub(crate) fn remove(&mut self, main_key: &str) -> Option<World> {
        self.by_main_key.remove(main_key)
    }

    /// The one with that main key.
    pub(crate) fn get(&mut self, main_key: &str) -> Option<&mut World> {
        self.by_main_key.get_mut(main_key)
    }

    /// The one that either of its keys opens.
    pub(crate) fn of_key(&mut self, key: &str) -> Option<&mut World> {
        if self.by_main_key.contains_key(key) {
            return self.by_main_key.get_mut(key);
        }
        self.by_main_key
            .values_mut()
            .find(|world| world.other.key == key)
    }

    /// The call of that id, whosever it is, and its world.
    pub(crate) fn of_call(&self, id: &str) -> Option<(&World, &Call)> {
        self.by_main_key
            .values()
            .find_map(|world| Some((world, world.call(id)?)))
    }

    /// An id that none had before.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.random.id(prefix)
    }
}
