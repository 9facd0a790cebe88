//! Precision, recall and F1 of yes-or-no judgements.

/// How often a judgement was right.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    hits: f64,
    false_alarms: f64,
    misses: f64,
}

impl Score {
    /// Counts one judgement: what was said beside what is.
    pub fn add(&mut self, said: bool, is: bool) {
        match (said, is) {
            (true, true) => self.hits += 1.0,
            (true, false) => self.false_alarms += 1.0,
            (false, true) => self.misses += 1.0,
            (false, false) => {}
        }
    }

    /// How many there were to find.
    pub fn positives(&self) -> f64 {
        self.hits + self.misses
    }

    /// The share of what was said to be that is.
    pub fn precision(&self) -> f64 {
        self.hits / (self.hits + self.false_alarms).max(1.0)
    }

    /// The share of what is that was said to be.
    pub fn recall(&self) -> f64 {
        self.hits / self.positives().max(1.0)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        2.0 * self.hits / (2.0 * self.hits + self.false_alarms + self.misses).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hits_a_false_alarm_and_two_misses_give_their_shares() {
        let mut score = Score::default();
        for (said, is) in [
            (true, true),
            (true, true),
            (true, false),
            (false, true),
            (false, true),
            (false, false),
        ] {
            score.add(said, is);
        }
        assert!((score.precision() - 2.0 / 3.0).abs() < 1e-9);
        assert!((score.recall() - 0.5).abs() < 1e-9);
        assert!((score.f1() - 4.0 / 7.0).abs() < 1e-9);
    }
}
