//! From what a repository tells to evidence of skills. Pure.
//!
//! Strengths grow with how much was written and in how many commits, since a thousand lines in one commit may have come from
//! anywhere. `docs/evidence.md` has the formulas with their reasons.

mod uses;

use std::collections::BTreeMap;

use repository::{Dependency, Ecosystem, RepositoryFacts};

use super::model::{EvidenceKind, NewEvidence, Proof};
use crate::clock::Timestamp;
use crate::skills::{SkillId, Taxonomy};

/// Lines of a language below which it says nothing.
const FEWEST_LINES: u64 = 10;
/// Lines at which half of what lines can prove is proven.
const HALF_LINES: f64 = 400.0;
/// Commits at which half of what commits can prove is proven.
const HALF_COMMITS: f64 = 4.0;

/// The origin of what a repository tells: by its first commit, which is the same in every clone, or else by its folder.
#[must_use]
pub fn origin_of(facts: &RepositoryFacts) -> String {
    let id = facts.root.as_deref().unwrap_or(&facts.path);
    // The column holds a short text; a long folder is told apart by its end.
    let start = id.ceil_char_boundary(id.len().saturating_sub(200));
    format!("repository:{}", &id[start..])
}

/// What the repository is evidence of; nothing when it has no commit of the author.
#[must_use]
pub fn evidence_in(facts: &RepositoryFacts) -> Vec<NewEvidence> {
    let (Some(last), Some(commit)) = (facts.last, facts.newest_own.as_deref()) else {
        return Vec::new();
    };
    let telling = Telling {
        facts,
        last,
        commit,
    };
    let mut told: BTreeMap<SkillId, NewEvidence> = BTreeMap::new();
    let all = telling
        .languages()
        .chain(telling.libraries())
        .chain(telling.working());
    for one in all {
        // A skill may show in several ways; the strongest is told.
        let known = told.get(&one.skill).map_or(-1.0, |known| known.strength);
        if one.strength > known {
            told.insert(one.skill.clone(), one);
        }
    }
    told.into_values().collect()
}

/// How much a volume of work proves: from 0.25 for a little to 0.85 for much over many commits.
fn strength_of_work(lines: u64, commits: u64) -> f32 {
    let volume = lines as f64 / (lines as f64 + HALF_LINES);
    let persistence = commits as f64 / (commits as f64 + HALF_COMMITS);
    (0.25 + 0.6 * (volume * persistence).sqrt()) as f32
}

/// How much a number of events proves: from `from`, by half of `more` at `half` events.
fn strength_of_count(count: u64, half: f64, from: f32, more: f32) -> f32 {
    let share = count as f64 / (count as f64 + half);
    from + more * share as f32
}

struct Telling<'f> {
    facts: &'f RepositoryFacts,
    last: i64,
    commit: &'f str,
}

impl Telling<'_> {
    fn piece(&self, skill: &str, strength: f32, at: i64, statement: String) -> Option<NewEvidence> {
        let skill = SkillId::parse(skill).ok()?;
        Taxonomy::bundled().get(&skill)?;
        let facts = self.facts;
        let place = facts.remote.as_deref().unwrap_or(&facts.path);
        let email = facts.emails.first().map_or("", String::as_str);
        let short = self.commit.get(..10).unwrap_or(self.commit);
        Some(NewEvidence {
            skill,
            kind: EvidenceKind::Repository,
            strength: strength.clamp(0.0, 1.0),
            at: Timestamp(at.saturating_mul(1_000)),
            statement,
            check: format!(
                "In {place}, `git log --author={email}` lists the commits; the newest is {short}."
            ),
            link: facts.remote.clone(),
            entry: None,
            origin: origin_of(facts),
            proof: Some(Proof::Repository {
                path: facts.path.clone(),
                root: facts.root.clone(),
                head: facts.head.clone(),
                commit: self.commit.to_owned(),
                emails: facts.emails.clone(),
            }),
        })
    }

    /// Languages, by the lines that the author wrote.
    fn languages(&self) -> impl Iterator<Item = NewEvidence> {
        let written = self.facts.languages.iter();
        written
            .filter(|(_, work)| work.added >= FEWEST_LINES)
            .filter_map(|(name, work)| {
                let statement = format!(
                    "You wrote {} of {name} in {} of {}.",
                    counted(work.added, "line"),
                    counted(work.commits, "commit"),
                    self.facts.name
                );
                let strength = strength_of_work(work.added, work.commits);
                self.piece(
                    uses::skill_of_language(name)?,
                    strength,
                    work.last,
                    statement,
                )
            })
    }

    /// What manifests name, as strongly as the author worked in the language that it is used from.
    fn libraries(&self) -> impl Iterator<Item = NewEvidence> {
        self.facts.dependencies.iter().flat_map(move |dependency| {
            let strength = self.strength_of_use(dependency);
            let how = if dependency.touched {
                "you wrote"
            } else {
                "the project has"
            };
            let statement = format!(
                "{} uses {}, as {} says, which {how}.",
                self.facts.name, dependency.name, dependency.manifest
            );
            let skills = uses::skills_of(dependency.ecosystem, &dependency.name);
            skills
                .into_iter()
                .filter_map(move |skill| self.piece(&skill, strength, self.last, statement.clone()))
                .collect::<Vec<_>>()
        })
    }

    /// A library is used by writing code against it; an image or a tool by setting it up.
    fn strength_of_use(&self, dependency: &Dependency) -> f32 {
        let work = self.work_in(dependency.ecosystem);
        let (base, share) = match dependency.ecosystem {
            Ecosystem::Tool => (0.2, 0.0),
            Ecosystem::Image => (0.15, 0.3),
            _ if work <= f32::EPSILON => (0.1, 0.0),
            _ => (0.15, 0.45),
        };
        let touched = match dependency.ecosystem {
            Ecosystem::Tool => 0.32,
            _ => 0.1,
        };
        let own = if dependency.touched { touched } else { 0.0 };
        let development = if dependency.development { 0.05 } else { 0.0 };
        base + share * work + own - development
    }

    /// How much the author's work in an ecosystem's languages proves; for an image that of all languages.
    fn work_in(&self, ecosystem: Ecosystem) -> f32 {
        let languages = uses::languages_of(ecosystem);
        let written = self.facts.languages.iter();
        written
            .filter(|(name, work)| {
                work.added >= FEWEST_LINES
                    && (languages.is_empty() || languages.contains(&name.as_str()))
            })
            .map(|(_, work)| strength_of_work(work.added, work.commits))
            .fold(0.0, f32::max)
    }

    /// Ways of working: Git itself, tests, reviews, merges.
    fn working(&self) -> impl Iterator<Item = NewEvidence> {
        let facts = self.facts;
        let (commits, tests) = (facts.commits, facts.tests);
        let name = &facts.name;
        let mut told = vec![self.piece(
            "git",
            strength_of_count(commits.own, 20.0, 0.3, 0.5),
            self.last,
            format!("You made {} in {name}.", counted(commits.own, "commit")),
        )];
        if tests.added >= FEWEST_LINES {
            told.push(self.piece(
                "unit-testing",
                strength_of_work(tests.added, tests.commits),
                tests.last,
                format!(
                    "You wrote {} of tests in {} of {name}.",
                    counted(tests.added, "line"),
                    counted(tests.commits, "commit")
                ),
            ));
        }
        if commits.merges > 0 {
            told.push(self.piece(
                "git-merge",
                strength_of_count(commits.merges, 10.0, 0.3, 0.5),
                self.last,
                format!(
                    "You merged {} in {name}.",
                    counted(commits.merges, "branch")
                ),
            ));
        }
        let reviews = commits.reviewed + commits.merges_of_others;
        if reviews > 0 {
            told.push(self.piece(
                "code-review",
                strength_of_count(reviews, 5.0, 0.25, 0.5),
                self.last,
                format!(
                    "You reviewed or merged {} of others in {name}.",
                    counted(reviews, "change")
                ),
            ));
        }
        told.into_iter().flatten()
    }
}

/// `1 line`, `1,204 lines`.
fn counted(count: u64, word: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let plural = match (count, word.ends_with("ch")) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{grouped} {word}{plural}")
}

#[cfg(test)]
mod tests {
    use repository::{CommitCounts, LanguageWork, TestWork};

    use super::*;
    use crate::skills::evidence::model::Evidence;

    fn facts() -> RepositoryFacts {
        let work = |added, commits| LanguageWork {
            added,
            commits,
            removed: 0,
            last: 1_767_225_600,
        };
        let uses = |ecosystem, name: &str, touched| Dependency {
            ecosystem,
            name: name.into(),
            manifest: "pom.xml".into(),
            touched,
            development: false,
        };
        RepositoryFacts {
            name: "shop".into(),
            path: "/home/ada/shop".into(),
            emails: vec!["ada@example.org".into()],
            head: "ab".repeat(20),
            root: Some("cd".repeat(20)),
            newest_own: Some("ef".repeat(20)),
            first: Some(1_767_225_600),
            last: Some(1_767_225_600),
            remote: Some("https://code.example.org/ada/shop".into()),
            commits: CommitCounts {
                own: 40,
                ..CommitCounts::default()
            },
            languages: BTreeMap::from([
                ("Java".to_owned(), work(2_500, 36)),
                ("SQL".to_owned(), work(40, 2)),
                ("Python".to_owned(), work(3, 1)),
            ]),
            tests: TestWork {
                added: 500,
                commits: 12,
                last: 1_767_225_600,
            },
            dependencies: vec![
                uses(
                    Ecosystem::Java,
                    "org.springframework.boot:spring-boot-starter-web",
                    true,
                ),
                uses(Ecosystem::Python, "django", false),
                uses(Ecosystem::Image, "postgres", true),
            ],
            ..RepositoryFacts::default()
        }
    }

    fn strength(told: &[NewEvidence], skill: &str) -> Option<f32> {
        let one = told.iter().find(|one| one.skill.as_str() == skill);
        one.map(|one| one.strength)
    }

    #[test]
    fn much_work_proves_a_little_claims_and_next_to_nothing_is_passed_over() {
        let told = evidence_in(&facts());
        assert!(strength(&told, "java").unwrap() >= Evidence::PROVES);
        assert!(strength(&told, "sql").unwrap() < Evidence::PROVES);
        assert_eq!(strength(&told, "python"), None);
        assert!(strength(&told, "unit-testing").unwrap() >= Evidence::PROVES);
        assert!(strength(&told, "git").unwrap() >= Evidence::PROVES);
    }

    #[test]
    fn a_library_is_as_strong_as_the_work_in_its_language() {
        let told = evidence_in(&facts());
        assert!(strength(&told, "spring-boot").unwrap() >= Evidence::PROVES);
        assert!(
            strength(&told, "django").unwrap() < 0.2,
            "nothing was written in Python"
        );
        let postgres = told
            .iter()
            .find(|one| one.skill.as_str() == "postgresql")
            .unwrap();
        assert!(
            postgres.statement.contains("you wrote"),
            "{}",
            postgres.statement
        );
    }

    #[test]
    fn every_piece_says_how_to_check_it_and_where_it_is() {
        for one in evidence_in(&facts()) {
            assert_eq!(
                one.link.as_deref(),
                Some("https://code.example.org/ada/shop")
            );
            assert!(one.check.contains("git log --author=ada@example.org"));
            assert!(matches!(one.proof, Some(Proof::Repository { .. })));
            assert!(one.checked().is_ok());
        }
    }

    #[test]
    fn more_work_never_proves_less() {
        let mut before = 0.0;
        for lines in [10, 50, 200, 1_000, 10_000] {
            let now = strength_of_work(lines, 1 + lines / 50);
            assert!(now > before && now <= 0.85);
            before = now;
        }
    }

    #[test]
    fn a_repository_without_own_commits_is_no_evidence() {
        let none = RepositoryFacts {
            newest_own: None,
            last: None,
            ..facts()
        };
        assert!(evidence_in(&none).is_empty());
    }
}
