//! The stages that an application went to, as a short text beside its row: statistics of ten thousand read nothing else.

use super::model::Stage;
use super::state::Move;
use crate::clock::Timestamp;

/// Writes moves as `applied@1795435200000;screen@1795521600000`.
#[must_use]
pub fn write(moves: &[Move]) -> String {
    let parts: Vec<String> = moves
        .iter()
        .map(|one| format!("{}@{}", one.to.name(), one.at.0))
        .collect();
    parts.join(";")
}

/// Reads them. What cannot be read is left out.
#[must_use]
pub fn read(text: &str) -> Vec<(Stage, Timestamp)> {
    text.split(';')
        .filter_map(|part| {
            let (stage, at) = part.split_once('@')?;
            Some((stage.parse().ok()?, Timestamp(at.parse().ok()?)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::model::EventId;
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let moves: Vec<Move> = Stage::ALL
            .into_iter()
            .enumerate()
            .map(|(at, to)| Move {
                event: EventId(at as i64),
                at: Timestamp(at as i64 * -7),
                to,
                why: String::new(),
            })
            .collect();
        let expected: Vec<(Stage, Timestamp)> = moves.iter().map(|one| (one.to, one.at)).collect();
        assert_eq!(read(&write(&moves)), expected);
        assert!(read("").is_empty() && read("hired@1;applied@x").is_empty());
    }
}
