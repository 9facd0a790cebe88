//! A window: which of some thousand neighbouring documents match, and how well.

/// Documents of a window.
pub(crate) const SIZE: usize = 4096;
const WORDS: usize = SIZE / 64;

/// One bit for each document.
#[derive(Clone)]
pub(crate) struct Bits([u64; WORDS]);

impl Bits {
    pub(super) fn has(&self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    /// Sets a bit; gives whether it was set before.
    pub(super) fn set(&mut self, at: usize) -> bool {
        let (word, bit) = (&mut self.0[at / 64], 1 << (at % 64));
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(word, other)| *word &= other);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(word, other)| *word &= !other);
    }

    /// The places of the bits that are set, in order.
    pub(super) fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    at * 64 + bit as usize
                })
            })
        })
    }
}

/// The matches of one window. The score of a document whose bit is not set means nothing.
#[derive(Clone)]
pub(crate) struct Window {
    pub(super) bits: Bits,
    pub(super) scores: Box<[f32]>,
    /// Sums of scores, beside the best ones.
    pub(super) sums: Box<[f32]>,
}

impl Window {
    fn new() -> Self {
        Self {
            bits: Bits([0; WORDS]),
            scores: vec![0.0; SIZE].into(),
            sums: vec![0.0; SIZE].into(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.bits.0.fill(0);
    }

    /// Makes the first `count` documents match with no score.
    pub(super) fn fill(&mut self, count: usize) {
        self.clear();
        let whole = count / 64;
        self.bits.0[..whole].fill(u64::MAX);
        if !count.is_multiple_of(64) {
            self.bits.0[whole] = (1 << (count % 64)) - 1;
        }
        self.scores.fill(0.0);
    }

    /// Calls `found` with the place and score of each match, in order.
    pub(crate) fn each(&self, mut found: impl FnMut(usize, f32)) {
        self.bits.ones().for_each(|at| found(at, self.scores[at]));
    }
}

/// Windows that are used again.
#[derive(Default)]
pub(crate) struct Scratch(Vec<Window>);

impl Scratch {
    /// An empty window.
    pub(crate) fn take(&mut self) -> Window {
        let mut window = self.0.pop().unwrap_or_else(Window::new);
        window.clear();
        window
    }

    pub(crate) fn give(&mut self, window: Window) {
        self.0.push(window);
    }
}
