//! The boards: hosts, where a job's id stands in a link, and how its page is addressed.

/// One board.
pub(super) struct Row {
    /// The board's name in ids; empty where its host is the name.
    pub(super) name: &'static str,
    /// Its registered domains, as a pattern; whatever stands before the domain is the board's too.
    pub(super) hosts: &'static str,
    /// Parameters that hold the id, the surest first.
    pub(super) parameters: &'static [&'static str],
    /// Patterns of paths with the groups `id`, `slug` (words of the title) and `company`.
    pub(super) paths: &'static [&'static str],
    /// The page that is kept: with `{id}` and `{country}` (the site's two letters or `www`), or [`PAGE`].
    pub(super) url: &'static str,
    /// The employer, for a board that has but one.
    pub(super) company: Option<&'static str>,
}

/// A row whose board is known by its path alone.
const fn row(
    name: &'static str,
    hosts: &'static str,
    parameters: &'static [&'static str],
    paths: &'static [&'static str],
    url: &'static str,
) -> Row {
    Row {
        name,
        hosts,
        parameters,
        paths,
        url,
        company: None,
    }
}

/// The page's own path is the address.
pub(super) const PAGE: &str = "";

pub(super) const BOARDS: &[Row] = &[
    row(
        "linkedin",
        r"linkedin\.com",
        &["currentJobId"],
        &[
            r"/(?:comm/)?(?:m/)?jobs?/(?:view|apply)/(?:externalApply/)?(?:(?P<slug>[^/]*)-)?(?P<id>\d{2,})(?:/|$)",
        ],
        "https://www.linkedin.com/jobs/view/{id}",
    ),
    row(
        "indeed",
        r"indeed\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})",
        &["jk", "vjk"],
        &[r"/(?:.*/)?(?P<slug>[^/]+)-(?P<id>[0-9a-f]{16})$"],
        "https://{country}.indeed.com/viewjob?jk={id}",
    ),
    row(
        "glassdoor",
        r"glassdoor\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})",
        &["jobListingId", "jl"],
        &[r"/(?:job-listing|partner)/(?P<slug>.*?)-?JV_(?P<id>[\w,-]+)\.htm"],
        "https://www.glassdoor.com/job-listing/index.htm?jl={id}",
    ),
    row(
        "handshake",
        r"joinhandshake\.(?:com|co\.uk|de|fr)|handshake\.com",
        &["job_id", "jobId"],
        &[
            r"/(?:stu/|emp/|edu/)?(?:jobs|job-search|postings|job_postings|public/jobs)/(?P<id>\d{2,})",
        ],
        "https://app.joinhandshake.com/jobs/{id}",
    ),
    row(
        "ziprecruiter",
        r"ziprecruiter\.(?:com|co\.uk|[a-z]{2})",
        &["jid"],
        &[
            r"/(?:jobs|c)/(?P<company>[^/]+?)(?:-[0-9a-f]{8})?/(?:Job/)?(?P<id>(?P<slug>[\w-]+?)-[0-9a-f]{8})(?:/|$)",
        ],
        PAGE,
    ),
    row(
        "monster",
        r"monster\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})|monsterindia\.com|foundit\.in",
        &["jobid", "jobId", "jvjobid"],
        &[
            r"/job-openings?/(?P<slug>.*?)--?(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
            r"/job-openings?/(?P<slug>.*?)--(?P<id>[\w-]{6,})$",
            r"/(?:job|jobs|stellenangebot|offre-emploi)/(?:(?P<slug>.*?)[-/])?(?P<id>\d{5,})(?:\.aspx)?$",
        ],
        PAGE,
    ),
    row(
        "builtin",
        r"builtin\.com|builtin(?:nyc|boston|la|sf|seattle|austin|colorado|chicago)\.(?:com|org)",
        &[],
        &[r"/job/(?:[^/]+/)*(?P<slug>[^/]+)/(?P<id>\d{2,})/?$"],
        PAGE,
    ),
    row(
        "wellfound",
        r"wellfound\.com|angel\.co",
        &["job_listing_id", "jobListingId", "jobId"],
        &[r"/(?:company/(?P<company>[^/]+)/)?jobs/(?P<id>\d{3,})(?:-(?P<slug>[^/]+))?"],
        "https://wellfound.com/jobs/{id}",
    ),
    Row {
        company: Some("Google"),
        ..row(
            "google-careers",
            r"google\.com|careers\.google",
            &[],
            &[r"/(?:about/careers/applications/)?jobs/results/(?P<id>\d{6,})(?:-(?P<slug>[^/]+))?"],
            "https://www.google.com/about/careers/applications/jobs/results/{id}",
        )
    },
    row(
        "google-jobs",
        r"google\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})",
        &["htidocid"],
        &[],
        "https://www.google.com/search?ibp=htl;jobs&q=jobs&htidocid={id}",
    ),
    row(
        "stepstone",
        r"stepstone\.(?:[a-z]{2}|com)",
        &["jobId", "listingId", "job_id"],
        &[
            r"/(?:[a-z-]+--)(?P<slug>.+?)--(?P<id>\d{4,})(?:-inline)?(?:\.html)?",
            r"/(?:job|jobs|stelle)/(?:(?P<slug>.*?)[-/])?(?P<id>\d{4,})(?:[-/.]|$)",
        ],
        PAGE,
    ),
    row(
        "xing",
        r"xing\.com",
        &["jobId", "job_id"],
        &[
            r"/jobs/(?P<slug>[^/]+?)-(?P<id>\d{5,})(?:/|$)",
            r"/jobs/(?:view/)?(?P<id>\d{5,})(?:/|$)",
        ],
        PAGE,
    ),
    row(
        "wttj",
        r"welcometothejungle\.com|wttj\.co|otta\.com",
        &[],
        &[
            r"/(?:[a-z]{2}/)?companies/(?P<company>[^/]+)/jobs/(?P<id>[^/]+)",
            r"/jobs/(?P<id>[\w-]*\d[\w-]*)(?:/|$)",
        ],
        PAGE,
    ),
    row(
        "dice",
        r"dice\.com",
        &[],
        &[r"/(?:job-detail|jobs/detail)/(?:(?P<slug>.+)/)?(?P<id>[\w-]*\d[\w-]*)/?$"],
        PAGE,
    ),
    row(
        "simplyhired",
        r"simplyhired\.(?:com|[a-z]{2}|co\.[a-z]{2})",
        &["jobKey", "jk"],
        &[r"/job/(?P<id>[\w-]{16,})"],
        PAGE,
    ),
    row(
        "careerbuilder",
        r"careerbuilder\.(?:com|ca|co\.uk)",
        &["job_did"],
        &[r"/job/(?:(?P<slug>[^/]+)/)?(?P<id>J[\w]{8,}|[0-9a-f-]{36})"],
        PAGE,
    ),
    row(
        "jooble",
        r"jooble\.org",
        &[],
        &[r"/(?:[a-z]{2}/)?(?:desc|jdp|away|externalaway)/(?P<id>-?\d{6,})"],
        PAGE,
    ),
    row(
        "adzuna",
        r"adzuna\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})",
        &[],
        &[r"/(?:jobs/)?(?:details|land/ad)/(?P<id>\d{4,})"],
        PAGE,
    ),
    row(
        "talent",
        r"talent\.com",
        &["id"],
        &[],
        "https://{country}.talent.com/view?id={id}",
    ),
    row(
        "totaljobs",
        r"totaljobs\.com|cwjobs\.co\.uk|jobsite\.co\.uk|irishjobs\.ie|jobs\.ie|caterer\.com",
        &["jobId"],
        &[r"/job/(?P<slug>[^/]+)/(?:(?P<company>[^/]+?)-)?job-?(?P<id>\d{4,})"],
        PAGE,
    ),
    row(
        "",
        r"reed\.co\.uk|cv-library\.co\.uk|seek\.(?:com\.au|co\.nz)|jobstreet\.com(?:\.[a-z]{2})?|jobsdb\.com|karriere\.at|usajobs\.gov|workatastartup\.com|gupy\.io|catho\.com\.br|ratemyplacement\.co\.uk|higherin\.com|gradcracker\.com|absolventa\.de|jobware\.de|jobvector\.de|get-in-it\.de|itjobs\.pt|jobindex\.dk|finn\.no|hellowork\.com|snagajob\.com|idealist\.org|efinancialcareers\.(?:com|co\.uk|de|fr)|cadremploi\.fr|meteojob\.com|jobteaser\.com|francetravail\.fr|pole-emploi\.fr|apec\.fr|tecnoempleo\.com|net-empregos\.com|computrabajo\.com|occ\.com\.mx|bumeran\.com\.[a-z]{2}|trabalhabrasil\.com\.br|bne\.com\.br|remoteok\.com|remotive\.com|arbeitsagentur\.de|jobs\.ch|jobup\.ch|simplify\.jobs|jobright\.ai|ycombinator\.com|himalayas\.app|weworkremotely\.com|arbeitnow\.com|themuse\.com|brightnetwork\.co\.uk|prosple\.com|ripplematch\.com|wayup\.com|internshala\.com|unstop\.com|naukri\.com|theladders\.com|experteer\.(?:com|de)|infojobs\.(?:net|it|com\.br)|vagas\.com\.br|jora\.com|haystack\.cv|hired\.com|talentio\.com|landing\.jobs|nofluffjobs\.com|justjoin\.it|pracuj\.pl|bayt\.com|devitjobs\.(?:com|uk|de)|relocate\.me|powertofly\.com|flexjobs\.com|cord\.co|workinstartups\.com|jobbird\.com|nationalevacaturebank\.nl|indeedjobs\.com|jobat\.be|vdab\.be",
        &["jobId", "job_id", "jobid", "j"],
        &[
            r"/(?:[a-z]{2}(?:-[a-z]{2})?/)?companies/(?P<company>[^/]+)/jobs/(?P<id>[^/]+)",
            r"/jobs/companies/(?P<company>[^/]+)/(?P<id>[^/]+)",
            r"/(?:.*/)?(?:of-i|rf-|v)(?P<id>[0-9a-f]{6,})(?:/(?P<slug>[^/]+))?/?$",
            r"/(?:.*/)?(?P<slug>[^/]*?)(?:__|_|--|-)(?P<id>\d{4,}|[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.\w+)?/?$",
            r"/(?:.*/)?(?:jobs?|job-offers?|offers?|oferta|emplois?|offres?|vagas?|vacanc(?:y|ies)|vacatures?|stellenangebote?|stelle|jobdetail|detail|info|p|view|GetJob/ViewDetails|jobannonce|ad|remote-jobs|internships?|work-placement-internship|graduate-job)(?:/.*)?/(?P<id>[hr]?\d{4,}\w?|[0-9a-f]{16,}|[0-9]{5}-[\w-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[-/](?P<slug>[^/]+))?(?:\.html?)?/?$",
            r"/(?P<id>\d{6,})/(?P<slug>[^/]+)/?$",
            r"/remote-jobs/(?P<id>(?P<slug>[\w-]+))$",
        ],
        PAGE,
    ),
];
