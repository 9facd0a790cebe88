//! Where the boards' interfaces are.

use serde::{Deserialize, Serialize};

/// Base addresses of the boards' public interfaces, without a slash at the end; changed for tests and the sample sites only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// Greenhouse job boards.
    pub greenhouse: String,
    /// Greenhouse job boards in the EU region.
    pub greenhouse_eu: String,
    /// Lever postings.
    pub lever: String,
    /// Lever postings in the EU region.
    pub lever_eu: String,
    /// Ashby job boards.
    pub ashby: String,
    /// SmartRecruiters career pages, which list the postings.
    pub smartrecruiters: String,
    /// The SmartRecruiters interface, which is only asked if the operator opts in.
    pub smartrecruiters_api: String,
    /// Workable.
    pub workable: String,
    /// Recruitee; `{tenant}` stands for the employer's part.
    pub recruitee: String,
    /// Personio's career sites under `.com`.
    pub personio: String,
    /// Personio's career sites under `.de`.
    pub personio_de: String,
    /// Teamtailor.
    pub teamtailor: String,
    /// Workday; `{pod}` stands for the number of the data centre (`wd5`).
    pub workday: String,
    /// BambooHR.
    pub bamboohr: String,
    /// Breezy.
    pub breezy: String,
    /// Pinpoint.
    pub pinpoint: String,
    /// Rippling.
    pub rippling: String,
    /// Gem.
    pub gem: String,
    /// The search interface of Hacker News.
    pub hacker_news: String,
    /// Remotive.
    pub remotive: String,
    /// Arbeitnow.
    pub arbeitnow: String,
    /// The Muse.
    pub the_muse: String,
    /// USAJobs.
    pub usajobs: String,
    /// Adzuna.
    pub adzuna: String,
    /// Raw files of GitHub repositories, for community lists.
    pub github_raw: String,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self {
            greenhouse: "https://boards-api.greenhouse.io".to_owned(),
            greenhouse_eu: "https://boards-api.eu.greenhouse.io".to_owned(),
            lever: "https://api.lever.co".to_owned(),
            lever_eu: "https://api.eu.lever.co".to_owned(),
            ashby: "https://api.ashbyhq.com".to_owned(),
            smartrecruiters: "https://careers.smartrecruiters.com".to_owned(),
            smartrecruiters_api: "https://api.smartrecruiters.com".to_owned(),
            workable: "https://apply.workable.com".to_owned(),
            recruitee: "https://{tenant}.recruitee.com".to_owned(),
            personio: "https://{tenant}.jobs.personio.com".to_owned(),
            personio_de: "https://{tenant}.jobs.personio.de".to_owned(),
            teamtailor: "https://{tenant}.teamtailor.com".to_owned(),
            workday: "https://{tenant}.{pod}.myworkdayjobs.com".to_owned(),
            bamboohr: "https://{tenant}.bamboohr.com".to_owned(),
            breezy: "https://{tenant}.breezy.hr".to_owned(),
            pinpoint: "https://{tenant}.pinpointhq.com".to_owned(),
            rippling: "https://api.rippling.com".to_owned(),
            gem: "https://api.gem.com".to_owned(),
            hacker_news: "https://hn.algolia.com".to_owned(),
            remotive: "https://remotive.com".to_owned(),
            arbeitnow: "https://www.arbeitnow.com".to_owned(),
            the_muse: "https://www.themuse.com".to_owned(),
            usajobs: "https://data.usajobs.gov".to_owned(),
            adzuna: "https://api.adzuna.com".to_owned(),
            github_raw: "https://raw.githubusercontent.com".to_owned(),
        }
    }
}

impl Endpoints {
    /// All of them below one address, each under its own name, as a site that plays them all serves them.
    #[must_use]
    pub fn below(base: &str) -> Self {
        let at = |path: &str| format!("{base}/{path}");
        Self {
            greenhouse: at("greenhouse"),
            greenhouse_eu: at("greenhouse-eu"),
            lever: at("lever"),
            lever_eu: at("lever-eu"),
            ashby: at("ashby"),
            smartrecruiters: at("smartrecruiters"),
            smartrecruiters_api: at("smartrecruiters-api"),
            workable: at("workable"),
            recruitee: at("recruitee/{tenant}"),
            personio: at("personio/{tenant}"),
            personio_de: at("personio-de/{tenant}"),
            teamtailor: at("teamtailor/{tenant}"),
            workday: at("workday/{pod}/{tenant}"),
            bamboohr: at("bamboohr/{tenant}"),
            breezy: at("breezy/{tenant}"),
            pinpoint: at("pinpoint/{tenant}"),
            rippling: at("rippling"),
            gem: at("gem"),
            hacker_news: at("hacker-news"),
            remotive: at("remotive"),
            arbeitnow: at("arbeitnow"),
            the_muse: at("the-muse"),
            usajobs: at("usajobs"),
            adzuna: at("adzuna"),
            github_raw: at("github-raw"),
        }
    }
}
