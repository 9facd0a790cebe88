//! Names by their first word, so that a text is searched word by word.
//!
//! A name that stands in a text begins where a word begins, and its first word is the whole word there, or that without a version
//! number at its end (`Python3`). So a lookup for each word of the text finds every name that can be bounded there, at a fraction
//! of what an automaton over every byte costs. A few names begin with a sign (`.NET`); those are tried wherever the sign stands.

/// Buckets of the table; a power of two, and several times the number of first words.
const BUCKETS: usize = 1 << 14;

/// The names in a table, by a hash of their first word.
pub(super) struct FirstWords {
    names: Vec<Box<[u8]>>,
    /// For each bucket, where its names begin and end in `entries`.
    buckets: Vec<(u32, u32)>,
    entries: Vec<u32>,
    /// For each byte, the names that begin with it and not with a letter or digit.
    signs: Vec<Vec<u32>>,
}

/// A hash of a word that grows by one byte at a time (FNV-1a).
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    const START: Self = Self(0x811c_9dc5);

    fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    fn bucket(self) -> usize {
        // The high bits are the better mixed ones.
        (self.0 ^ (self.0 >> 15)) as usize & (BUCKETS - 1)
    }
}

impl FirstWords {
    /// A table of names in lower case; the place of a name in `names` is its number.
    pub fn new(names: &[String]) -> Self {
        let names: Vec<Box<[u8]>> = names.iter().map(|name| name.as_bytes().into()).collect();
        let mut sorted: Vec<Vec<u32>> = vec![Vec::new(); BUCKETS];
        let mut signs: Vec<Vec<u32>> = vec![Vec::new(); 256];
        for (number, name) in (0..).zip(&names) {
            match name.first() {
                Some(first) if first.is_ascii_alphanumeric() => {
                    let hash = name
                        .iter()
                        .take_while(|byte| byte.is_ascii_alphanumeric())
                        .fold(Hash::START, |hash, byte| hash.with(*byte));
                    sorted[hash.bucket()].push(number);
                }
                Some(first) => signs[usize::from(*first)].push(number),
                None => {}
            }
        }
        // Shorter names first, as an automaton would meet their ends.
        for list in sorted.iter_mut().chain(&mut signs) {
            list.sort_by_key(|number| names[*number as usize].len());
        }
        let mut entries = Vec::with_capacity(names.len());
        let buckets = sorted
            .into_iter()
            .map(|list| {
                let start = entries.len() as u32;
                entries.extend(list);
                (start, entries.len() as u32)
            })
            .collect();
        Self {
            names,
            buckets,
            entries,
            signs,
        }
    }

    /// Tells `found` where each name that may be bounded starts and ends in `text`, which is in lower case, and its number.
    pub fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if !byte.is_ascii_alphanumeric() {
                self.try_all(&self.signs[usize::from(byte)], text, at, &mut found);
                at += 1;
                continue;
            }
            let (mut end, mut whole, mut stem) = (at, Hash::START, Hash::START);
            while let Some(byte) = text.get(end).filter(|byte| byte.is_ascii_alphanumeric()) {
                whole = whole.with(*byte);
                if !byte.is_ascii_digit() {
                    stem = whole;
                }
                end += 1;
            }
            self.try_all(self.bucket(whole), text, at, &mut found);
            if stem.bucket() != whole.bucket() {
                self.try_all(self.bucket(stem), text, at, &mut found);
            }
            at = end;
        }
    }

    fn bucket(&self, hash: Hash) -> &[u32] {
        let (start, end) = self.buckets[hash.bucket()];
        &self.entries[start as usize..end as usize]
    }

    fn try_all(
        &self,
        numbers: &[u32],
        text: &[u8],
        at: usize,
        found: &mut impl FnMut(usize, usize, usize),
    ) {
        for &number in numbers {
            let name = &self.names[number as usize];
            if text[at..].starts_with(name) {
                found(at, at + name.len(), number as usize);
            }
        }
    }
}
