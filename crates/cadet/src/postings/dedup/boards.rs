//! Boards whose addresses carry their own number of the posting.

use url::Url;

use crate::postings::sources::model::{SourceAddress, SourceKind};

/// From so many digits on, a Greenhouse job number is unique over all boards; smaller ones only within their board.
const GLOBAL_GREENHOUSE_DIGITS: usize = 7;

/// Keys from what a board's connector knows.
pub(super) fn keys_of_source(source: &SourceAddress, external_id: &str, keys: &mut Vec<String>) {
    if external_id.is_empty() {
        return;
    }
    let name = source
        .address
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match source.kind {
        SourceKind::Greenhouse => greenhouse(Some(&name), external_id, keys),
        SourceKind::Lever => keys.push(format!("lever:{name}:{}", external_id.to_lowercase())),
        SourceKind::Ashby => keys.push(format!("ashby:{name}:{}", external_id.to_lowercase())),
        // An export names its postings by the keys under which the Cadet that wrote it knew them.
        SourceKind::Export => keys.push(external_id.to_owned()),
        // Mails name a posting by its board and the board's number, whichever mailbox they came to.
        SourceKind::Mail if external_id.contains(':') => keys.push(external_id.to_owned()),
        SourceKind::Mail | SourceKind::Clip => {}
        SourceKind::Simplify | SourceKind::JsonLd | SourceKind::Feed => {}
        SourceKind::BambooHr => keys.push(format!("bamboohr:{name}:{external_id}")),
        SourceKind::Personio => keys.push(format!("personio:{name}:{external_id}")),
        // On a domain of the employer's own the tenant is not known, and the address is the key.
        SourceKind::Recruitee if source.address.contains("://") => {}
        SourceKind::Recruitee => {
            keys.push(format!("recruitee:{name}:{}", external_id.to_lowercase()));
        }
        SourceKind::SmartRecruiters => keys.push(format!("smartrecruiters:{external_id}")),
        SourceKind::Teamtailor => {
            if is_number(external_id) {
                keys.push(format!("teamtailor:{external_id}"));
            }
        }
        SourceKind::Workable => {
            keys.push(format!("workable:{}", external_id.to_lowercase()));
        }
        // Requisitions are unique within a tenant, whichever of its sites they stand on.
        SourceKind::Workday => keys.extend(workday(&name, external_id)),
        SourceKind::Breezy => keys.push(format!("breezy:{name}:{}", external_id.to_lowercase())),
        SourceKind::Pinpoint if is_uuid(external_id) => {
            keys.push(format!("pinpoint:{}", external_id.to_lowercase()));
        }
        SourceKind::Pinpoint => {
            keys.extend(numbered(external_id).map(|id| format!("pinpoint:{name}:{id}")));
        }
        SourceKind::Rippling if is_uuid(external_id) => {
            keys.push(format!("rippling:{}", external_id.to_lowercase()));
        }
        SourceKind::Rippling => {}
        SourceKind::Gem => keys.push(format!("gem:{external_id}")),
        // One comment may hold several openings, so its address alone is no key.
        SourceKind::HackerNews => keys.push(format!("hacker-news:{external_id}")),
        // These show postings of others under addresses of their own, which are the keys.
        SourceKind::Remotive | SourceKind::Arbeitnow | SourceKind::TheMuse => {}
        SourceKind::UsaJobs | SourceKind::Adzuna => {}
        SourceKind::Markdown | SourceKind::Sitemap => {}
    }
}

/// The key of a Workday posting by its id, which is what stands behind the last `_` of its address.
fn workday(site: &str, id: &str) -> Option<String> {
    let tenant = site.split('/').next()?;
    let last = id.rsplit('/').next()?;
    let id = last
        .rsplit_once('_')
        .map_or(last, |(_, id)| id)
        .to_lowercase();
    id.contains(|c: char| c.is_ascii_digit())
        .then(|| format!("workday:{tenant}:{}", without_repost_suffix(&id)))
}

/// Keys from a posting's address.
pub(super) fn keys_of_url(url: &Url, keys: &mut Vec<String>) {
    let host = url
        .host_str()
        .unwrap_or_default()
        .trim_start_matches("www.")
        .to_ascii_lowercase();
    let address = Address {
        url,
        segments: url
            .path_segments()
            .map(|parts| parts.filter(|part| !part.is_empty()).collect())
            .unwrap_or_default(),
        host: &host,
    };
    if let Some(id) = address
        .parameter("gh_jid")
        .map(|id| leading_number(&id))
        .filter(|id| is_number(id))
    {
        let board = if is_within(&host, "greenhouse.io") {
            address.greenhouse_board()
        } else {
            None
        };
        greenhouse(board.as_deref(), &id, keys);
        return;
    }
    if let Some(id) = address.parameter("ashby_jid") {
        keys.push(format!("ashby:{}", id.to_lowercase()));
        return;
    }
    if is_within(&host, "greenhouse.io") {
        address.greenhouse(keys);
    } else if let Some(key) = address.key() {
        keys.push(key);
    }
    if address.host == "jobs.ashbyhq.com"
        && let Some(id) = address.segments.get(1).filter(|id| is_uuid(id))
    {
        // The same posting embedded in the company's own page is only known by its id.
        keys.push(format!("ashby:{}", id.to_lowercase()));
    }
}

fn greenhouse(board: Option<&str>, id: &str, keys: &mut Vec<String>) {
    if let Some(board) = board {
        keys.push(format!("greenhouse:{board}:{id}"));
    }
    if board.is_none() || id.len() >= GLOBAL_GREENHOUSE_DIGITS {
        keys.push(format!("greenhouse:{id}"));
    }
}

/// An address taken apart.
pub(super) struct Address<'a> {
    url: &'a Url,
    pub(super) host: &'a str,
    pub(super) segments: Vec<&'a str>,
}

impl Address<'_> {
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.url
            .query_pairs()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// A parameter behind `#`: `#jobDetails=4711_12`.
    pub(super) fn fragment_parameter(&self, name: &str) -> Option<String> {
        let pairs = self.url.fragment()?.split('&');
        let mut named = pairs.filter_map(|pair| pair.split_once('='));
        named
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    }

    /// The segment behind the one that is `name`.
    pub(super) fn after(&self, name: &str) -> Option<&str> {
        let at = self
            .segments
            .iter()
            .position(|segment| segment.eq_ignore_ascii_case(name))?;
        self.segments.get(at + 1).copied()
    }

    fn first(&self) -> Option<String> {
        self.segments.first().map(|segment| segment.to_lowercase())
    }

    pub(super) fn subdomain(&self) -> &str {
        self.host.split('.').next().unwrap_or_default()
    }

    fn greenhouse_board(&self) -> Option<String> {
        self.parameter("for")
            .map(|board| board.to_lowercase())
            .or_else(|| self.first().filter(|first| first != "embed"))
    }

    fn greenhouse(&self, keys: &mut Vec<String>) {
        let embedded = self.segments.first().is_some_and(|first| *first == "embed");
        let id = if embedded {
            self.parameter("token")
        } else {
            self.after("jobs")
                .map(leading_number)
                .or_else(|| self.parameter("token"))
        };
        if let Some(id) = id.filter(|id| is_number(id)) {
            greenhouse(self.greenhouse_board().as_deref(), &id, keys);
        }
    }

    fn key(&self) -> Option<String> {
        let host = self.host;
        if is_within(host, "lever.co") {
            let id = self.segments.get(1).filter(|id| is_uuid(id))?;
            return Some(format!("lever:{}:{}", self.first()?, id.to_lowercase()));
        }
        if is_within(host, "ashbyhq.com") {
            let id = self.segments.get(1).filter(|id| is_uuid(id))?;
            return Some(format!("ashby:{}:{}", self.first()?, id.to_lowercase()));
        }
        if is_within(host, "myworkdayjobs.com") || is_within(host, "myworkdayjobs-impl.com") {
            return Some(format!(
                "workday:{}:{}",
                self.subdomain(),
                self.requisition()?
            ));
        }
        if is_within(host, "myworkdaysite.com") {
            return Some(format!(
                "workday:{}:{}",
                self.after("recruiting")?.to_lowercase(),
                self.requisition()?
            ));
        }
        self.european_and_others()
            .or_else(|| self.enterprise())
            .or_else(|| super::numbered::key(self))
            .or_else(|| self.phenom())
    }

    fn european_and_others(&self) -> Option<String> {
        let host = self.host;
        if is_within(host, "smartrecruiters.com") {
            // Ids are unique over all companies, and a posting moves between a company's spellings.
            let id = self
                .segments
                .iter()
                .skip(1)
                .map(|part| leading_number(part))
                .find(|id| id.len() >= 9);
            let uuid = || {
                self.segments
                    .iter()
                    .find(|part| is_uuid(part))
                    .map(|part| part.to_lowercase())
            };
            return Some(format!("smartrecruiters:{}", id.or_else(uuid)?));
        }
        if is_within(host, "workable.com") {
            let code = self.after("j").or_else(|| self.after("jobs"))?;
            return Some(format!("workable:{}", code.to_lowercase()));
        }
        if is_within(host, "recruitee.com") {
            return Some(format!(
                "recruitee:{}:{}",
                self.subdomain(),
                self.after("o")?.to_lowercase()
            ));
        }
        if host.contains(".jobs.personio.") {
            return Some(format!(
                "personio:{}:{}",
                self.subdomain(),
                leading_number(self.after("job")?)
            ));
        }
        if is_within(host, "teamtailor.com") {
            return Some(format!("teamtailor:{}", numbered(self.after("jobs")?)?));
        }
        if is_within(host, "bamboohr.com") {
            let id = self
                .after("careers")
                .or_else(|| self.after("view"))
                .map(leading_number)
                .or_else(|| self.parameter("id"));
            return Some(format!(
                "bamboohr:{}:{}",
                self.subdomain(),
                id.filter(|id| is_number(id))?
            ));
        }
        if is_within(host, "breezy.hr") {
            let id = self.after("p")?.split('-').next()?;
            return Some(format!("breezy:{}:{}", self.subdomain(), id.to_lowercase()));
        }
        if is_within(host, "rippling.com") || is_within(host, "pinpointhq.com") {
            let board = if is_within(host, "pinpointhq.com") {
                "pinpoint"
            } else {
                "rippling"
            };
            return self
                .segments
                .iter()
                .find(|part| is_uuid(part))
                .map(|id| format!("{board}:{}", id.to_lowercase()))
                .or_else(|| {
                    let id = numbered(self.after("postings").or_else(|| self.after("jobs"))?)?;
                    Some(format!("{board}:{}:{id}", self.subdomain()))
                });
        }
        None
    }

    fn enterprise(&self) -> Option<String> {
        let host = self.host;
        if is_within(host, "icims.com") {
            let id = self
                .after("jobs")
                .map(leading_number)
                .filter(|id| is_number(id))?;
            return Some(format!("icims:{}:{id}", self.subdomain()));
        }
        if is_within(host, "oraclecloud.com") {
            let id = self
                .after("job")
                .or_else(|| self.after("preview"))
                .or_else(|| self.after("requisitions"))
                .map(str::to_owned)
                .or_else(|| self.parameter("job"))?;
            let id = id.to_lowercase();
            return id
                .contains(|c: char| c.is_ascii_digit())
                .then(|| format!("oracle:{}:{id}", self.subdomain()));
        }
        if is_within(host, "jobvite.com") {
            let id = self
                .after("job")
                .map(str::to_owned)
                .or_else(|| self.parameter("jobid"))
                .or_else(|| self.parameter("j"))?;
            // Jobvite's ids tell capital letters apart.
            return Some(format!("jobvite:{id}"));
        }
        if is_within(host, "ultipro.com")
            || is_within(host, "ukg.com")
            || is_within(host, "ukg.net")
        {
            return Some(format!(
                "ukg:{}",
                self.parameter("opportunityId")?.to_lowercase()
            ));
        }
        if is_within(host, "eightfold.ai") {
            let id = self
                .parameter("pid")
                .or_else(|| self.after("job").map(leading_number))
                .filter(|id| is_number(id))?;
            return Some(format!("eightfold:{}:{id}", self.subdomain()));
        }
        if is_within(host, "paylocity.com") {
            return Some(format!(
                "paylocity:{}",
                self.after("Details")
                    .or_else(|| self.after("Apply"))
                    .map(leading_number)
                    .filter(|id| is_number(id))?
            ));
        }
        if is_within(host, "avature.net") {
            let id = self
                .segments
                .last()
                .map(|last| leading_number(last))
                .filter(|id| is_number(id))
                .or_else(|| self.parameter("jobId"))?;
            return Some(format!("avature:{}:{id}", self.subdomain()));
        }
        if host == "amazon.jobs" {
            return Some(format!(
                "amazon:{}",
                self.after("jobs")
                    .map(leading_number)
                    .filter(|id| is_number(id))?
            ));
        }
        None
    }

    /// Phenom's sites stand on the employers' own hosts; their numbers name the employer: `NORTHUS4711EXTERNALENUS`.
    fn phenom(&self) -> Option<String> {
        let id = self.after("job")?;
        let is_code = id.len() <= 60
            && id
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let (before, _) = id.split_once("EXTERNAL").filter(|_| is_code)?;
        let is_numbered = before.starts_with(|c: char| c.is_ascii_uppercase())
            && before.bytes().any(|byte| byte.is_ascii_digit());
        is_numbered.then(|| format!("phenom:{}", before.to_lowercase()))
    }

    /// A Workday requisition: what stands behind the last `_` of the posting's segment, without the suffix that Workday
    /// adds when the same requisition is posted again.
    fn requisition(&self) -> Option<String> {
        let posting = self.segments.iter().rev().find(|part| {
            !matches!(
                **part,
                "apply" | "login" | "applyManually" | "autofillWithResume" | "useMyLastApplication"
            )
        })?;
        let (_, requisition) = posting.rsplit_once('_')?;
        let requisition = requisition.to_lowercase();
        if !requisition.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some(without_repost_suffix(&requisition).to_owned())
    }
}

/// `r0112233-1` is `r0112233` on another site; `2024-12` and `jr-2024-12` are numbers of their own.
pub(in crate::postings) fn without_repost_suffix(requisition: &str) -> &str {
    let Some((number, suffix)) = requisition.rsplit_once('-') else {
        return requisition;
    };
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_year = digits == 4
        && number
            .get(number.len() - 4..)
            .is_some_and(|year| year.starts_with("20"));
    let is_suffix = matches!(suffix.len(), 1 | 2) && is_number(suffix) && !suffix.starts_with('0');
    if is_suffix && digits >= 4 && !is_year {
        number
    } else {
        requisition
    }
}

pub(super) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| {
            if matches!(at, 8 | 13 | 18 | 23) {
                b == b'-'
            } else {
                b.is_ascii_hexdigit()
            }
        })
}

/// The digits at the beginning: `743999-engineer` -> `743999`.
pub(super) fn leading_number(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

/// The number at the beginning or at the end: `backend-intern-at-acme-3907`.
pub(super) fn numbered(text: &str) -> Option<String> {
    let leading = leading_number(text);
    if !leading.is_empty() {
        return Some(leading);
    }
    let trailing = text.rsplit('-').next().unwrap_or_default();
    is_number(trailing).then(|| trailing.to_owned())
}
