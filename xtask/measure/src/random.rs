//! Random numbers that are the same everywhere for ever: a seed gives the same corpus on every machine and version.

/// The SplitMix64 generator: small, fast, and good enough to make test data.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator whose whole sequence follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is more than 0; the bias of the remainder does not matter here.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() % end as u64).unwrap_or(0)
    }

    /// Yes in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`, each as likely as the next.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Draws ranks by Zipf's law: rank `r` (from 0) is drawn in proportion to `1 / (r + 1)`.
#[derive(Clone, Debug)]
pub struct Zipf {
    /// The rank of every equal slice of probability, so that a draw is one look-up.
    ranks: Vec<u32>,
    /// Ranks too rare for a slice of their own share the last part of the table.
    len: usize,
}

/// Slices of probability; the rarest ranks have less than one.
const SLICES: u32 = 1 << 18;

impl Zipf {
    /// A law over `len` ranks.
    pub fn new(len: usize) -> Self {
        let total: f64 = (1..=len).map(|rank| 1.0 / rank as f64).sum();
        let mut ranks = Vec::with_capacity(SLICES as usize);
        let mut reached = 0.0;
        for rank in 0..len {
            reached += 1.0 / (rank + 1) as f64 / total;
            while (ranks.len() as f64) < reached * f64::from(SLICES)
                && ranks.len() < SLICES as usize
            {
                ranks.push(u32::try_from(rank).unwrap_or(u32::MAX));
            }
        }
        Self { ranks, len }
    }

    /// The next rank, below `len`.
    pub fn draw(&self, random: &mut Random) -> usize {
        (*random.pick(&self.ranks) as usize).min(self.len - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_known_sequence() {
        let mut random = Random::new(0);
        assert_eq!(
            [random.bits(), random.bits()],
            [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]
        );
    }

    #[test]
    fn ranks_fall_off_as_zipf_says() {
        let zipf = Zipf::new(1_000);
        let mut random = Random::new(7);
        let mut drawn = vec![0_u32; 1_000];
        for _ in 0..200_000 {
            drawn[zipf.draw(&mut random)] += 1;
        }
        let ratio = f64::from(drawn[0]) / f64::from(drawn[9]);
        assert!(
            (8.0..12.5).contains(&ratio),
            "rank 1 should be drawn ten times as often as rank 10, not {ratio}"
        );
        assert!(drawn[999] > 0, "the rarest rank must be reached");
    }
}
