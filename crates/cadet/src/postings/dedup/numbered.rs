//! Boards whose addresses follow one pattern each: where in the address the posting's own number stands, and within what
//! it is unique. One row a board; what needs more than a row is in [`super::boards`].

use super::boards::Address;

/// How a board's addresses are read.
struct Board {
    /// The host, or the domain that it belongs to.
    domain: &'static str,
    /// The board in keys.
    name: &'static str,
    /// Within what its numbers are unique.
    scope: Scope,
    /// Where the number stands; the first that is there counts.
    ids: &'static [Id],
}

/// Within what the numbers of a board are unique.
enum Scope {
    /// All of the board.
    Board,
    /// The subdomain: `northlight.board.example`.
    Subdomain,
    /// The segment of the path behind the language: `/en-US/northlight/jobs/4`.
    AfterLanguage,
    /// The first of these parameters that is there.
    Parameter(&'static [&'static str]),
}

/// Where a number stands.
enum Id {
    /// In the segment behind the one of this name.
    After(&'static str, Shape),
    /// In the segment of this position, from 0.
    Segment(usize, Shape),
    /// In the last segment.
    Last(Shape),
    /// In this parameter, of the query or behind `#`.
    Parameter(&'static str, Shape),
}

/// What a number looks like.
#[derive(Clone, Copy)]
enum Shape {
    /// Digits, at least so many, in front of anything else: `12345-backend-intern`.
    Digits(usize),
    /// Digits in front or behind the last hyphen: `backend-intern-12345`.
    Numbered,
    /// Letters and digits, `-` and `_`, at least so many, of which one is a digit; letters are told apart by case.
    Code(usize),
    /// The same behind the last hyphen: `backend-intern-cL5d5jkqWr7`.
    CodeAtEnd(usize),
    /// A UUID.
    Uuid,
}

use Id::{After, Last, Parameter, Segment};
use Shape::{Code, CodeAtEnd, Digits, Numbered, Uuid};

const fn row(domain: &'static str, name: &'static str, scope: Scope, ids: &'static [Id]) -> Board {
    Board {
        domain,
        name,
        scope,
        ids,
    }
}

#[rustfmt::skip]
const BOARDS: &[Board] = &[
    row("gem.com", "gem", Scope::Board, &[Segment(1, Code(10))]),
    row("tbe.taleo.net", "taleo", Scope::Parameter(&["org"]), &[Parameter("rid", Digits(1))]),
    row("taleo.net", "taleo", Scope::Subdomain, &[Parameter("job", Code(3))]),
    row("successfactors.com", "successfactors", Scope::Parameter(&["company"]), SUCCESS_FACTORS),
    row("successfactors.eu", "successfactors", Scope::Parameter(&["company"]), SUCCESS_FACTORS),
    row("sapsf.com", "successfactors", Scope::Parameter(&["company"]), SUCCESS_FACTORS),
    row("workforcenow.adp.com", "adp", Scope::Parameter(&["cid"]), &[Parameter("jobId", Digits(3))]),
    row("recruiting.adp.com", "adp", Scope::Parameter(&["c"]), &[Parameter("r", Digits(3))]),
    row("myjobs.adp.com", "adp-jobs", Scope::Board, &[Parameter("reqId", Digits(6))]),
    row("paycomonline.net", "paycom", Scope::Parameter(&["clientkey"]), &[Parameter("job", Digits(2)), After("jobs", Digits(2))]),
    row("dayforcehcm.com", "dayforce", Scope::AfterLanguage, &[After("View", Digits(1)), After("jobs", Digits(1))]),
    row("applytojob.com", "jazzhr", Scope::Subdomain, &[After("apply", Code(8)), After("jobs", Code(8))]),
    row("jobscore.com", "jobscore", Scope::Board, &[After("jobs", CodeAtEnd(12))]),
    row("glassdoor.com", "glassdoor", Scope::Board, GLASSDOOR),
    row("glassdoor.co.uk", "glassdoor", Scope::Board, GLASSDOOR),
    row("glassdoor.de", "glassdoor", Scope::Board, GLASSDOOR),
    row("glassdoor.fr", "glassdoor", Scope::Board, GLASSDOOR),
    row("glassdoor.ca", "glassdoor", Scope::Board, GLASSDOOR),
    row("joinhandshake.com", "handshake", Scope::Board, &[After("jobs", Digits(4)), After("job-search", Digits(4))]),
    row("linkedin.com", "linkedin", Scope::Board, &[After("view", Numbered), Parameter("currentJobId", Digits(6))]),
    row("indeed.com", "indeed", Scope::Board, &[Parameter("jk", Code(8)), Parameter("vjk", Code(8))]),
    row("google.com", "google", Scope::Board, &[After("results", Digits(12))]),
    row("microsoft.com", "microsoft", Scope::Board, &[After("job", Digits(5))]),
    row("jobs.apple.com", "apple", Scope::Board, &[After("details", Digits(6))]),
    row("metacareers.com", "meta", Scope::Board, &[After("jobs", Digits(8)), After("job_details", Digits(8))]),
    row("careers.tiktok.com", "tiktok", Scope::Board, &[After("position", Digits(12)), After("resume", Digits(12))]),
    row("lifeattiktok.com", "tiktok", Scope::Board, &[After("search", Digits(12)), After("position", Digits(12))]),
    row("jobs.bytedance.com", "bytedance", Scope::Board, &[After("position", Digits(12)), After("resume", Digits(12))]),
    row("joinbytedance.com", "bytedance", Scope::Board, &[After("search", Digits(12)), After("position", Digits(12))]),
    row("uber.com", "uber", Scope::Board, &[After("list", Digits(4))]),
    row("brassring.com", "brassring", Scope::Parameter(&["partnerid"]), &[Parameter("jobid", Digits(3)), Parameter("jobDetails", Digits(3))]),
    row("zohorecruit.com", "zoho", Scope::Subdomain, &[Segment(2, Digits(12)), Segment(3, Digits(12))]),
    row("csod.com", "cornerstone", Scope::Subdomain, &[After("requisition", Digits(1))]),
    row("tal.net", "tal", Scope::Subdomain, &[After("opp", Digits(1))]),
    row("ripplematch.com", "ripplematch", Scope::Board, &[After("job", Code(6))]),
    row("freshteam.com", "freshteam", Scope::Subdomain, &[After("jobs", Code(8))]),
    row("trakstar.com", "trakstar", Scope::Subdomain, &[After("jobs", Code(5))]),
    row("dover.com", "dover", Scope::Board, &[Segment(2, Uuid)]),
    row("wellfound.com", "wellfound", Scope::Board, &[After("jobs", Digits(4))]),
    row("workatastartup.com", "workatastartup", Scope::Board, &[After("jobs", Digits(2))]),
    row("join.com", "join", Scope::Board, &[Segment(2, Digits(5))]),
    row("simplify.jobs", "simplify", Scope::Board, &[After("p", Uuid), After("jobs", Uuid)]),
    row("builtin.com", "builtin", Scope::Board, &[Last(Digits(5))]),
];

const SUCCESS_FACTORS: &[Id] = &[
    Parameter("career_job_req_id", Digits(1)),
    Parameter("jobId", Digits(1)),
    Parameter("jobReqId", Digits(1)),
];

const GLASSDOOR: &[Id] = &[
    Parameter("jl", Digits(6)),
    Parameter("jobListingId", Digits(6)),
];

/// The key of an address on one of these boards.
pub(super) fn key(address: &Address<'_>) -> Option<String> {
    let board = BOARDS
        .iter()
        .find(|board| super::boards::is_within(address.host, board.domain))?;
    let id = board.ids.iter().find_map(|id| id.find(address))?;
    let name = board.name;
    let scope = match board.scope {
        Scope::Board => return Some(format!("{name}:{id}")),
        Scope::Subdomain => address.subdomain().to_owned(),
        Scope::AfterLanguage => after_language(address)?,
        Scope::Parameter(names) => names
            .iter()
            .find_map(|name| address.parameter(name))?
            .to_lowercase(),
    };
    Some(format!("{name}:{scope}:{id}"))
}

/// The segment behind the one that names a language: `en-US`.
fn after_language(address: &Address<'_>) -> Option<String> {
    let language = |part: &&str| {
        let (language, country) = part.split_once('-')?;
        (language.len() == 2 && country.len() == 2).then_some(())
    };
    let at = address
        .segments
        .iter()
        .position(|part| language(part).is_some())?;
    Some(address.segments.get(at + 1)?.to_lowercase())
}

impl Id {
    fn find(&self, address: &Address<'_>) -> Option<String> {
        match self {
            Self::After(name, shape) => shape.read(address.after(name)?),
            Self::Segment(at, shape) => shape.read(address.segments.get(*at)?),
            Self::Last(shape) => shape.read(address.segments.last()?),
            Self::Parameter(name, shape) => shape.read(
                &address
                    .parameter(name)
                    .or_else(|| address.fragment_parameter(name))?,
            ),
        }
    }
}

impl Shape {
    fn read(self, text: &str) -> Option<String> {
        let code = |text: &str, least: usize| {
            let fits = text.len() >= least
                && text.len() <= 80
                && text.bytes().any(|byte| byte.is_ascii_digit())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='));
            fits.then(|| text.to_owned())
        };
        match self {
            Self::Digits(least) => Some(super::boards::leading_number(text))
                .filter(|id| (least..=20).contains(&id.len())),
            Self::Numbered => super::boards::numbered(text),
            Self::Code(least) => code(text, least),
            Self::CodeAtEnd(least) => code(text.rsplit('-').next()?, least),
            Self::Uuid => super::boards::is_uuid(text).then(|| text.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys;
    use crate::postings::sources::model::{SourceAddress, SourceKind};

    fn key(url: &str) -> String {
        let list = SourceAddress {
            kind: SourceKind::Simplify,
            address: "/lists/a.json".to_owned(),
        };
        keys(url, "", &list, "1").remove(0)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases, one a line or two")]
    fn each_board_is_known_by_its_own_number() {
        for (url, expected) in [
            (
                "https://jobs.gem.com/northlight/am9icG9zdDo4_XyZk-1",
                "gem:am9icG9zdDo4_XyZk-1",
            ),
            (
                "https://northlight.taleo.net/careersection/2/jobdetail.ftl?job=230066246&tz=GMT",
                "taleo:northlight:230066246",
            ),
            (
                "https://phf.tbe.taleo.net/phf03/ats/careers/requisition.jsp?org=NORTHLIGHT&cws=1&rid=1521",
                "taleo:northlight:1521",
            ),
            (
                "https://career4.successfactors.com/career?career_ns=job_listing&company=northlight&career_job_req_id=17854",
                "successfactors:northlight:17854",
            ),
            (
                "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?cid=5055DEA5&ccId=9&jobId=472432",
                "adp:5055dea5:472432",
            ),
            (
                "https://www.paycomonline.net/v4/ats/web.php/jobs/ViewJobDetails?job=124932&clientkey=8E7F",
                "paycom:8e7f:124932",
            ),
            (
                "https://globalus231.dayforcehcm.com/CandidatePortal/en-US/northlight/site/candidateportal/Posting/View/820",
                "dayforce:northlight:820",
            ),
            (
                "https://jobs.dayforcehcm.com/en-US/northlight/CANDIDATEPORTAL/jobs/820",
                "dayforce:northlight:820",
            ),
            (
                "https://northlight.applytojob.com/apply/Wnw5Abrw6U/Backend-Intern",
                "jazzhr:northlight:Wnw5Abrw6U",
            ),
            (
                "https://careers.jobscore.com/careers/northlight/jobs/backend-intern-cL5d5jkqWr7R9DiG",
                "jobscore:cL5d5jkqWr7R9DiG",
            ),
            (
                "https://www.glassdoor.de/partner/jobListing.htm?pos=101&jobListingId=1009173540",
                "glassdoor:1009173540",
            ),
            (
                "https://app.joinhandshake.com/stu/jobs/8817731?ref=x",
                "handshake:8817731",
            ),
            (
                "https://www.linkedin.com/jobs/search/?currentJobId=3676847954",
                "linkedin:3676847954",
            ),
            (
                "https://www.linkedin.com/comm/jobs/view/3676847954/?trackingId=x",
                "linkedin:3676847954",
            ),
            (
                "https://www.linkedin.com/jobs/view/backend-intern-at-northlight-3676847954",
                "linkedin:3676847954",
            ),
            (
                "https://de.indeed.com/jobs?q=java&vjk=0f8fad5bd9cb469f",
                "indeed:0f8fad5bd9cb469f",
            ),
            (
                "https://www.google.com/about/careers/applications/jobs/results/76457290250494662-backend-intern",
                "google:76457290250494662",
            ),
            (
                "https://jobs.careers.microsoft.com/global/en/job/1590499/Backend-Intern",
                "microsoft:1590499",
            ),
            (
                "https://jobs.apple.com/en-us/details/200480063-0836/backend-intern?team=STDNT",
                "apple:200480063",
            ),
            (
                "https://www.metacareers.com/v2/jobs/1007975740551656/",
                "meta:1007975740551656",
            ),
            (
                "https://careers.tiktok.com/position/7264779096583833914/detail?spread=x",
                "tiktok:7264779096583833914",
            ),
            (
                "https://lifeattiktok.com/search/7264779096583833914",
                "tiktok:7264779096583833914",
            ),
            (
                "https://jobs.bytedance.com/en/position/7265708067697576247/detail",
                "bytedance:7265708067697576247",
            ),
            (
                "https://www.uber.com/global/en/careers/list/127100/",
                "uber:127100",
            ),
            (
                "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=25235&siteid=5359#jobDetails=1999017_5359",
                "brassring:25235:1999017",
            ),
            (
                "https://careers.northlight.example/global/en/job/NORTHUS4711EXTERNALENUS/Backend-Intern",
                "phenom:northus4711",
            ),
            (
                "https://app.ripplematch.com/v2/public/job/6f5894f6/details?utm_source=RM",
                "ripplematch:6f5894f6",
            ),
            (
                "https://northlight.tal.net/vx/mobile-0/brand-7/candidate/so/pm/1/pl/2/opp/778-Backend-Intern/en-GB",
                "tal:northlight:778",
            ),
        ] {
            assert_eq!(key(url), expected, "{url}");
        }
    }

    #[test]
    fn what_has_no_number_of_its_own_has_no_boards_key() {
        for url in [
            "https://www.google.com/about/careers/applications/",
            "https://jobs.apple.com/en-us/search?team=internships",
            "https://www.linkedin.com/company/northlight/jobs/",
            "https://careers.northlight.example/jobs/JOB/EXTERNAL",
            "https://www.tesla.com/careers/search/job/backend-intern-2026",
        ] {
            let key = key(url);
            assert!(
                !super::super::is_board_key(&key) || key.starts_with("source:"),
                "{url}: {key}"
            );
        }
    }
}
