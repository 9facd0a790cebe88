//! Recent: what was just worked out from all applications of a person, for as long as their log says the same.
//!
//! A calendar program asks for the whole calendar every hour, and somebody who looks at statistics comes back to them;
//! with thousands of applications either is tens of milliseconds of work for an answer that has not changed.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use super::choices::Choices;
use super::model::EventId;
use super::statistics::model::Statistics;
use crate::accounts::model::AccountId;

/// People whose answers are held, those who asked last.
const HELD: NonZeroUsize = NonZeroUsize::new(32).expect("32 is not zero");

/// Answers by what they are about. Each is held with what it was worked out from, and given again for the same alone.
#[derive(Debug)]
pub struct Answers<K: Hash + Eq, F, V>(Mutex<LruCache<K, (F, Arc<V>)>>);

impl<K: Hash + Eq, F, V> Default for Answers<K, F, V> {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(HELD)))
    }
}

impl<K: Hash + Eq, F: PartialEq, V> Answers<K, F, V> {
    /// The answer that was worked out from this.
    pub fn get(&self, about: &K, from: &F) -> Option<Arc<V>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, answer) = held.get(about)?;
        (known == from).then(|| Arc::clone(answer))
    }

    /// Holds an answer in the place of the one before.
    pub fn hold(&self, about: K, from: F, answer: V) -> Arc<V> {
        let answer = Arc::new(answer);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.put(about, (from, Arc::clone(&answer)));
        answer
    }
}

/// What the calendar is worked out from.
#[derive(Debug, PartialEq, Eq)]
pub struct CalendarBasis {
    /// The last entry of the person's logs.
    pub last: Option<EventId>,
    /// The day, counted from the epoch: what is long past leaves the calendar.
    pub day: i64,
}

/// What statistics are worked out from.
#[derive(Debug, PartialEq)]
pub struct StatisticsBasis {
    /// The last entry of the person's logs.
    pub last: Option<EventId>,
    /// The minute, counted from the epoch: what is open grows older.
    pub minute: i64,
    /// Whose weeks.
    pub zone: String,
    /// What stages are called, and the weekly goal.
    pub choices: Choices,
}

/// What this process holds.
#[derive(Debug, Default)]
pub struct Recent {
    /// Calendars, with tasks or without.
    pub calendars: Answers<(AccountId, bool), CalendarBasis, String>,
    /// Statistics.
    pub statistics: Answers<AccountId, StatisticsBasis, Statistics>,
}

#[cfg(test)]
mod tests {
    use super::Answers;

    #[test]
    fn an_answer_is_given_again_for_what_it_was_worked_out_from_alone() {
        let answers = Answers::<u8, i64, &str>::default();
        assert_eq!(answers.get(&1, &7), None);
        answers.hold(1, 7, "seven");
        assert_eq!(answers.get(&1, &7).as_deref(), Some(&"seven"));
        assert_eq!(answers.get(&1, &8), None, "the log went on");
        assert_eq!(answers.get(&2, &7), None, "somebody else's");
        answers.hold(1, 8, "eight");
        assert_eq!(answers.get(&1, &7), None);
    }
}
