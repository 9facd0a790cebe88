//! The public sample mails, where they are beside the repository.

use super::super::parse;
use crate::postings::sources::testing::shared;

/// How many jobs a sample tells.
const SAMPLES: [(&str, usize); 3] = [
    ("builtin", 2),
    ("jobwatch_indeed", 3),
    ("jobwatch_linkedin", 3),
];

#[test]
fn the_samples_tell_every_job_with_title_employer_and_place() {
    for (name, jobs) in SAMPLES {
        let Some(text) = shared(&format!("emails/{name}.eml")) else {
            return;
        };
        let parsed = parse(text.as_bytes(), None);
        assert_eq!(parsed.postings.len(), jobs, "{name}");
        assert!(
            !parsed.whole && parsed.problems.is_empty(),
            "{name}: {:?}",
            parsed.problems
        );
        for posting in &parsed.postings {
            assert!(
                !posting.title.is_empty() && !posting.locations.is_empty(),
                "{name}: {posting:?}"
            );
            assert_ne!(
                posting.company.as_deref(),
                Some(super::super::NO_EMPLOYER),
                "{name}: {posting:?}"
            );
            let kept = serde_json::to_string(posting).unwrap();
            assert!(
                !kept.contains("TOKEN") && !kept.contains("example.com"),
                "{kept}"
            );
        }
    }
}

#[test]
fn a_job_that_several_mails_tell_is_one() {
    let Some(text) = shared("emails/jobwatch_linkedin.eml") else {
        return;
    };
    let twice = format!(
        "From a@example.com Mon Oct 05 14:32:00 2026\n{text}\n\nFrom a@example.com Tue Oct 06 14:32:00 2026\n{text}\n"
    );
    assert_eq!(parse(twice.as_bytes(), None).postings.len(), 3);
}
