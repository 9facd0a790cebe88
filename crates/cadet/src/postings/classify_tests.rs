//! Titles and texts judged. How well they are on labelled data is measured by `cargo xtask eval`.

use super::*;

fn read(heading: &str, text: &str) -> Facts {
    let sentences = Sentences::of(text);
    let now: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    facts(&Evidence {
        title: heading,
        sentences: &sentences,
        employment: None,
        employment_words: "",
        terms: &[],
        sponsorship: None,
        from_internship_list: false,
        country: Some("US"),
        now: now.into(),
    })
}

#[test]
fn an_english_posting_gives_all_its_facts_with_their_words() {
    let text = "Northlight runs ferries. We raised $40 million in 2024.\n- Join us for 12 weeks, starting in June 2027, as a paid intern.\nYou work 40 hours per week on our backend services. \
        The pay for this internship is $42 - $50 per hour.\nYou are pursuing a Bachelor's or Master's degree, graduating between December 2027 and June 2028. \
        We are unable to sponsor visas for this position. Applications close on January 15, 2027.";
    let facts = read("Software Engineering Intern", text);
    assert!(
        facts
            .internship
            .as_ref()
            .is_some_and(|fact| fact.value && fact.origin == Origin::Title)
    );
    let backend = facts.backend.unwrap();
    assert_eq!(
        (backend.value, backend.quote.as_str()),
        (
            BackendGrade::Explicit,
            "You work 40 hours per week on our backend services."
        )
    );
    assert_eq!(
        facts
            .terms
            .iter()
            .map(|fact| fact.value)
            .collect::<Vec<_>>(),
        [Term {
            year: Some(2027),
            season: None,
            month: Some(6)
        }]
    );
    assert_eq!(
        facts
            .duration
            .as_ref()
            .map(|fact| (fact.value.min_weeks, fact.value.max_weeks)),
        Some((12, 12))
    );
    assert_eq!(
        facts.duration.unwrap().quote,
        "Join us for 12 weeks, starting in June 2027, as a paid intern."
    );
    assert_eq!(facts.hours.map(|fact| fact.value.max), Some(40));
    assert_eq!(
        facts.start.and_then(|fact| fact.value.date).as_deref(),
        Some("2027-06")
    );
    assert_eq!(facts.backend_reason, Some(BackendReason::TextNamesBackend));
    assert_eq!(
        facts.pay.map(|fact| (fact.value.min, fact.value.max)),
        Some((Some(42.0), Some(50.0)))
    );
    assert!(facts.paid.unwrap().value);
    assert_eq!(
        facts.degree.map(|fact| fact.value),
        Some(crate::postings::model::Degree::Bachelor)
    );
    let graduation = facts.graduation.unwrap().value;
    assert_eq!(
        (graduation.from.as_deref(), graduation.to.as_deref()),
        (Some("2027-12"), Some("2028-06"))
    );
    assert_eq!(
        facts.sponsorship.map(|fact| fact.value),
        Some(Sponsorship::NotOffered)
    );
    assert_eq!(
        facts.deadline.map(|fact| fact.value.at.to_string()),
        Some("2027-01-15T23:59:59.999Z".to_owned())
    );
}

#[test]
fn postings_in_other_languages_give_their_facts() {
    let german = read(
        "Praktikum Backend-Entwicklung (m/w/d)",
        "Ab März 2027 für 6 Monate in Vollzeit. Das Praktikum wird mit 2.100 € brutto im Monat vergütet.\nDu arbeitest 35 Stunden pro Woche. Bewerbungsfrist: 15. Januar 2027",
    );
    assert_eq!(german.duration.map(|fact| fact.value.min_weeks), Some(26));
    assert_eq!(german.hours.map(|fact| fact.value.min), Some(35));
    assert_eq!(
        german.pay.as_ref().and_then(|fact| fact.value.min),
        Some(2100.0)
    );
    assert_eq!(
        german.terms.first().map(|fact| fact.value),
        Some(Term {
            year: Some(2027),
            season: None,
            month: Some(3)
        })
    );
    assert!(german.deadline.is_some());
    let french = read(
        "Stage développeur Java - 6 mois (H/F)",
        "Stage rémunéré : gratification de 1 200 € par mois, à partir de septembre 2027. Vous préparez un diplôme Bac+5.",
    );
    assert!(french.internship.as_ref().is_some_and(|fact| fact.value));
    assert_eq!(
        french
            .duration
            .map(|fact| (fact.value.min_weeks, fact.origin)),
        Some((26, Origin::Title))
    );
    assert_eq!(
        french.pay.as_ref().and_then(|fact| fact.value.min),
        Some(1200.0)
    );
    assert_eq!(
        french.terms.first().map(|fact| fact.value.month),
        Some(Some(9))
    );
    assert_eq!(
        french.degree.map(|fact| fact.value),
        Some(crate::postings::model::Degree::Master)
    );
    let spanish = read(
        "Prácticas desarrollo backend",
        "Duración: 6 meses. Beca de 600 € al mes, 30 horas semanales. Estudiante de Ingeniería Informática.",
    );
    assert_eq!(spanish.duration.map(|fact| fact.value.max_weeks), Some(26));
    assert_eq!(
        spanish.pay.as_ref().and_then(|fact| fact.value.min),
        Some(600.0)
    );
    assert_eq!(spanish.hours.map(|fact| fact.value.min), Some(30));
    let portuguese = read(
        "Estágio em Desenvolvimento Backend",
        "Bolsa-auxílio de R$ 2.000 por mês. 30 horas semanais. Duração de 12 meses. Cursando ensino superior em computação.",
    );
    assert_eq!(
        portuguese
            .pay
            .as_ref()
            .map(|fact| fact.value.currency.as_str()),
        Some("BRL")
    );
    assert_eq!(
        portuguese.duration.map(|fact| fact.value.min_weeks),
        Some(52)
    );
    assert!(portuguese.paid.unwrap().value);
}

#[test]
fn talk_of_other_things_gives_no_facts() {
    let facts = read(
        "Backend Engineer",
        "5 years of experience. Our interns love us. You get 6 weeks of paid vacation and a 401(k). We are an equal opportunity employer regardless of citizenship status. We ship every 2 weeks. Founded in summer 2012.",
    );
    assert_eq!(facts.internship.map(|fact| fact.value), Some(false));
    assert_eq!(
        (
            facts.duration,
            facts.pay,
            facts.paid,
            facts.sponsorship,
            facts.deadline
        ),
        (None, None, None, None, None)
    );
    assert!(facts.terms.is_empty());
}

#[test]
fn terms_of_titles_are_read() {
    let of = |line: &str| {
        schedule::terms_of_line(line)
            .into_iter()
            .map(|term| (term.season, term.year, term.month))
            .collect::<Vec<_>>()
    };
    use crate::postings::model::Season::{Fall, Spring, Summer, Winter};
    assert_eq!(
        of("Intern, Summer/Fall 2027"),
        [
            (Some(Summer), Some(2027), None),
            (Some(Fall), Some(2027), None)
        ]
    );
    assert_eq!(
        of("2027 Summer Internship"),
        [(Some(Summer), Some(2027), None)]
    );
    assert_eq!(of("Co-op (Fall '27)"), [(Some(Fall), Some(2027), None)]);
    assert_eq!(
        of("Winter/Spring 2028 Internship"),
        [
            (Some(Winter), Some(2028), None),
            (Some(Spring), Some(2028), None)
        ]
    );
    assert_eq!(
        of("Stage backend - Septembre 2027"),
        [(None, Some(2027), Some(9))]
    );
    assert_eq!(of("Summer Intern"), [(Some(Summer), None, None)]);
}

#[test]
fn work_authorisation_is_read() {
    for (sentence, expected) in [
        (
            "Must be a U.S. citizen due to government contracts.",
            Some(Sponsorship::CitizensOnly),
        ),
        (
            "US citizenship is required.",
            Some(Sponsorship::CitizensOnly),
        ),
        ("Visa sponsorship is available.", Some(Sponsorship::Offered)),
        ("We do not sponsor visas.", Some(Sponsorship::NotOffered)),
        (
            "Candidates must be authorized to work without the need for sponsorship.",
            Some(Sponsorship::NotOffered),
        ),
        (
            "Sponsorship is not available for this role.",
            Some(Sponsorship::NotOffered),
        ),
        ("Does Not Offer Sponsorship", Some(Sponsorship::NotOffered)),
        ("Offers Sponsorship", Some(Sponsorship::Offered)),
        (
            "U.S. Citizenship is Required",
            Some(Sponsorship::CitizensOnly),
        ),
        (
            "You must have the right to work in the UK.",
            Some(Sponsorship::AuthorisationRequired),
        ),
        (
            "Eine gültige Arbeitserlaubnis ist nötig.",
            Some(Sponsorship::AuthorisationRequired),
        ),
        ("We do not discriminate based on citizenship.", None),
        ("We sponsor local events.", None),
    ] {
        assert_eq!(
            requirements::sponsorship_of(sentence),
            expected,
            "{sentence}"
        );
    }
}

#[test]
fn a_text_may_say_that_it_is_unpaid() {
    assert_eq!(
        read(
            "Backend Intern",
            "This is an unpaid internship for academic credit."
        )
        .paid
        .map(|fact| fact.value),
        Some(false)
    );
    assert_eq!(
        read("Backend Intern (Unpaid)", "")
            .paid
            .map(|fact| fact.value),
        Some(false)
    );
    assert_eq!(
        read("Backend Intern", "You may take unpaid leave.").paid,
        None
    );
}
