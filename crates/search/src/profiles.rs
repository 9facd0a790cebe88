//! Documents of one segment grouped by equal values, so that counting facets looks at one number instead of many.
//!
//! Most facet fields have few values, and few combinations of them occur. Fields are joined as long as that is so: each
//! combination is a **profile**, and a document has one number for it. Matches are counted by profile, and what was counted
//! is spread over the values in the end, once for each segment. Fields with many combinations (of cities, say) are counted
//! directly.

use std::collections::HashMap;

use crate::columns::{MISSING, Values};

/// Profiles of one group at most, so that their counts stay in the nearest cache.
const MOST: usize = 4096;
/// Below so many documents for each profile there is nothing to save.
const LEAST_DOCUMENTS: usize = 4;

/// Some fields of a segment, joined.
pub(crate) struct Profiles {
    /// The profile of each document.
    of: Vec<u16>,
    /// For each field, by its position: the values of each profile.
    values: Vec<(usize, Vec<Box<[u32]>>)>,
    count: usize,
}

/// One field: the set of values that each document has, by number.
struct Sets {
    of: Vec<u16>,
    values: Vec<Box<[u32]>>,
}

/// Joins those of the fields that can be; `fields` are all fields of the segment, which has `documents`.
pub(crate) fn join(fields: &[Values], documents: usize) -> Vec<Profiles> {
    let most = MOST.min(documents / LEAST_DOCUMENTS);
    let mut sets: Vec<(usize, Sets)> = fields
        .iter()
        .enumerate()
        .filter_map(|(position, values)| Some((position, Sets::of(values, documents, most)?)))
        .collect();
    // Those with few values first, so that as many as possible come together.
    sets.sort_by_key(|(_, sets)| sets.values.len());
    let mut groups: Vec<Profiles> = Vec::new();
    for (position, sets) in sets {
        if !groups
            .iter_mut()
            .any(|group| group.add(position, &sets, most))
        {
            groups.push(Profiles {
                count: sets.values.len(),
                of: sets.of,
                values: vec![(position, sets.values)],
            });
        }
    }
    groups
}

impl Sets {
    /// Numbers the sets of values; none if there are more than `most`, or the field has no countable values.
    fn of(values: &Values, documents: usize, most: usize) -> Option<Self> {
        let mut numbers: HashMap<Box<[u32]>, u16> = HashMap::new();
        let mut number = |set: &[u32]| {
            if let Some(number) = numbers.get(set) {
                return Some(*number);
            }
            let next = u16::try_from(numbers.len()).ok()?;
            (usize::from(next) < most).then(|| {
                numbers.insert(set.into(), next);
                next
            })
        };
        let of: Option<Vec<u16>> = match values {
            Values::Keyword(ordinals) => {
                let sets = (0..documents as u32).map(|doc| ordinals.of(doc));
                sets.map(&mut number).collect()
            }
            Values::Bool(bytes) => {
                let set = |byte: &u8| u32::from(*byte);
                let sets = bytes.iter().map(set);
                // What is neither is no value.
                sets.map(|value| {
                    if value > 1 {
                        number(&[])
                    } else {
                        number(&[value])
                    }
                })
                .collect()
            }
            Values::Integer(_) | Values::None => None,
        };
        let mut values = vec![Box::default(); numbers.len()];
        for (set, number) in numbers {
            values[usize::from(number)] = set;
        }
        Some(Self { of: of?, values })
    }
}

impl Profiles {
    /// Joins a field, unless there are more than `most` combinations then.
    fn add(&mut self, position: usize, sets: &Sets, most: usize) -> bool {
        let mut numbers = vec![MISSING; self.count * sets.values.len()];
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut joined = Vec::with_capacity(self.of.len());
        for (profile, set) in self.of.iter().zip(&sets.of) {
            let pair = (usize::from(*profile), usize::from(*set));
            let number = &mut numbers[pair.0 * sets.values.len() + pair.1];
            if *number == MISSING {
                if pairs.len() == most {
                    return false;
                }
                *number = pairs.len() as u32;
                pairs.push(pair);
            }
            joined.push(*number as u16);
        }
        for (_, values) in &mut self.values {
            *values = pairs
                .iter()
                .map(|(profile, _)| values[*profile].clone())
                .collect();
        }
        let own = pairs.iter().map(|(_, set)| sets.values[*set].clone());
        self.values.push((position, own.collect()));
        self.count = pairs.len();
        self.of = joined;
        true
    }

    /// Whether a field is among those that are joined here.
    pub(crate) fn has(&self, position: usize) -> bool {
        self.values(position).is_some()
    }

    /// How many profiles there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Adds documents to counts by profile.
    pub(crate) fn count(&self, docs: &[u32], counts: &mut [u32]) {
        for &doc in docs {
            counts[usize::from(self.of[doc as usize])] += 1;
        }
    }

    /// The profile of each document.
    pub(crate) fn of(&self) -> &[u16] {
        &self.of
    }

    /// For each profile its values of a field that is joined here.
    pub(crate) fn values(&self, position: usize) -> Option<&[Box<[u32]>]> {
        let mut fields = self.values.iter();
        let own = fields.find(|(own, _)| *own == position);
        own.map(|(_, values)| &values[..])
    }

    /// Spreads counts by profile over the values of a field.
    pub(crate) fn spread(&self, position: usize, by_profile: &[u32], counts: &mut [u32]) {
        let Some(values) = self.values(position) else {
            return;
        };
        for (count, values) in by_profile.iter().zip(values) {
            if *count > 0 {
                for value in values {
                    // A value that another thread has just added is in no document of this snapshot.
                    if let Some(sum) = counts.get_mut(*value as usize) {
                        *sum += count;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Ordinals;

    #[test]
    fn what_is_counted_by_profile_is_what_is_counted_by_value() {
        let documents: u32 = 4_000;
        let one = Values::Keyword(Ordinals::One(
            (0..documents)
                .map(|doc| if doc % 5 == 0 { MISSING } else { doc % 3 })
                .collect(),
        ));
        let starts: Vec<u32> = (0..=documents).map(|doc| doc * 2).collect();
        let many = Values::Keyword(Ordinals::Many {
            starts,
            values: (0..documents * 2).map(|at| at % 7).collect(),
        });
        let bools = Values::Bool((0..documents).map(|doc| (doc % 3) as u8).collect());
        let different = Values::Keyword(Ordinals::One((0..documents).collect()));
        let fields = [Values::None, one, many, bools, different];
        let groups = join(&fields, documents as usize);
        let docs: Vec<u32> = (0..documents).filter(|doc| doc % 4 != 1).collect();
        for (position, size) in [(1, 3), (2, 7), (3, 2)] {
            let mut expected = vec![0; size];
            crate::snapshot::count_values(&fields[position], &docs, &mut expected);
            let group = groups.iter().find(|group| group.has(position));
            let group = group.expect("it has few combinations");
            let (mut by_profile, mut counts) = (vec![0; group.len()], vec![0; size]);
            group.count(&docs, &mut by_profile);
            group.spread(position, &by_profile, &mut counts);
            assert_eq!(counts, expected, "field {position}");
        }
        assert!(!groups.iter().any(|group| group.has(4) || group.has(0)));
        assert_eq!(groups.len(), 1, "they are few enough to come together");
    }
}
