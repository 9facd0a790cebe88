//! Links to ids, and nothing of the reader's in what is kept.

use super::super::links::{Target, target_of};

/// The id and the address kept for a link.
fn kept(link: &str) -> Option<(String, String)> {
    match target_of(link) {
        Target::Job(job) => Some((job.id, job.url)),
        Target::Opaque | Target::Other => None,
    }
}

#[test]
fn ids_are_read_in_every_form_that_boards_give_their_links() {
    let linkedin = "https://www.linkedin.com/jobs/view/4100000001";
    for (link, id, url) in [
        (
            "https://www.linkedin.com/comm/jobs/view/4100000001/?trackingId=a&otpToken=b",
            "linkedin:4100000001",
            linkedin,
        ),
        (
            "https://de.linkedin.com/jobs/view/backend-intern-at-acme-4100000001?refId=x",
            "linkedin:4100000001",
            linkedin,
        ),
        (
            "https://www.linkedin.com/comm/jobs/search/?currentJobId=4100000001&midToken=b",
            "linkedin:4100000001",
            linkedin,
        ),
        (
            "https://www.linkedin.com/comm/jobs/view/4100000001/AAAA_token/?x=1",
            "linkedin:4100000001",
            linkedin,
        ),
        (
            "https://de.indeed.com/rc/clk/dl?jk=0A1B2C3D4E5F6A7B&tk=t",
            "indeed:0a1b2c3d4e5f6a7b",
            "https://de.indeed.com/viewjob?jk=0a1b2c3d4e5f6a7b",
        ),
        (
            "https://www.indeed.co.uk/viewjob?from=x&jk=0a1b2c3d4e5f6a7b",
            "indeed:0a1b2c3d4e5f6a7b",
            "https://www.indeed.com/viewjob?jk=0a1b2c3d4e5f6a7b",
        ),
        (
            "https://www.glassdoor.de/partner/jobListing.htm?pos=1&jobListingId=1009&guid=g",
            "glassdoor:1009",
            "https://www.glassdoor.com/job-listing/index.htm?jl=1009",
        ),
        (
            "https://www.glassdoor.ca/job-listing/x-JV_IC1_KO0,2.htm?jl=1009",
            "glassdoor:1009",
            "https://www.glassdoor.com/job-listing/index.htm?jl=1009",
        ),
        (
            "https://college.joinhandshake.com/stu/jobs/8912345?token=t",
            "handshake:8912345",
            "https://app.joinhandshake.com/jobs/8912345",
        ),
        (
            "https://www.xing.com/jobs/berlin-werkstudent-backend-12345678?ticket=t",
            "xing:12345678",
            "https://www.xing.com/jobs/berlin-werkstudent-backend-12345678",
        ),
        (
            "https://wellfound.com/company/acme/jobs/3012345-backend?utm_source=x",
            "wellfound:3012345",
            "https://wellfound.com/jobs/3012345",
        ),
        (
            "https://wellfound.com/jobs?job_listing_id=3012345&t=secret",
            "wellfound:3012345",
            "https://wellfound.com/jobs/3012345",
        ),
        (
            "https://jobs.lever.co/acme/0a1b2c3d-1111-2222-3333-444455556666?lever-source=mail&t=secret",
            "lever:acme:0a1b2c3d-1111-2222-3333-444455556666",
            "https://jobs.lever.co/acme/0a1b2c3d-1111-2222-3333-444455556666",
        ),
    ] {
        assert_eq!(kept(link), Some((id.to_owned(), url.to_owned())), "{link}");
    }
}

#[test]
fn targets_within_trackers_are_found_without_asking_anybody() {
    let id = "https://www.linkedin.com/jobs/view/4100000001";
    for link in [
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.linkedin.com%2Fjobs%2Fview%2F4100000001%3Ftoken%3Da&data=05",
        "https://urldefense.com/v3/__https://www.linkedin.com/jobs/view/4100000001/?a=b__;!!ABC!def$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.linkedin.com_jobs_view_4100000001&d=DwMF",
        "https://example1.r.us-west-2.awstrack.me/L0/https:%2F%2Fwww.linkedin.com%2Fjobs%2Fview%2F4100000001%3Fi=V/1/MESSAGE/SIG=000",
        "https://www.google.com/url?q=https://www.linkedin.com/jobs/view/4100000001&sa=D",
        "https://click.example.com/?a=1&u=https%253A%252F%252Fwww.linkedin.com%252Fjobs%252Fview%252F4100000001",
        "https://e.customeriomail.com/e/c/eyJlbWFpbF9pZCI6IngiLCJocmVmIjoiaHR0cHM6Ly93d3cubGlua2VkaW4uY29tL2pvYnMvdmlldy80MTAwMDAwMDAxIn0/abc",
        "https://track.example.com/c?d=aHR0cHM6Ly93d3cubGlua2VkaW4uY29tL2pvYnMvdmlldy80MTAwMDAwMDAx",
        "https://www.linkedin.com/comm/login?session_redirect=%2F&next=https%3A%2F%2Fwww.linkedin.com%2Fcomm%2Fjobs%2Fview%2F4100000001",
    ] {
        assert_eq!(
            kept(link).map(|(_, url)| url).as_deref(),
            Some(id),
            "{link}"
        );
    }
}

#[test]
fn nothing_of_the_reader_is_in_what_is_kept() {
    for link in [
        "https://www.linkedin.com/comm/jobs/view/41/?trackingId=SECRET&refId=SECRET&lipi=SECRET&midToken=SECRET&midSig=SECRET&eid=SECRET&otpToken=SECRET",
        "https://www.ziprecruiter.com/ekm/SECRET0123456789abcdef?jid=0a1b2c3d",
        "https://www.welcometothejungle.com/fr/companies/acme/jobs/backend_paris?t=SECRET#SECRET",
        "https://www.monster.com/job-openings/x--0a1b2c3d-1111-2222-3333-444455556666/SECRET?sid=SECRET",
        "https://user:SECRET@www.xing.com/jobs/x-12345678?ticket=SECRET",
        "https://boards.greenhouse.io/acme/jobs/7654321?gh_src=SECRET&t=SECRET",
        "https://click.stepstone.de/f/a/SECRET0123456789~~/A?target=https%3A%2F%2Fwww.stepstone.de%2Fstellenangebote--X-Y--1234567-inline.html%3Fsuid%3DSECRET",
    ] {
        let (id, url) = kept(link).unwrap_or_else(|| panic!("no job in {link}"));
        assert!(
            !id.contains("SECRET") && !url.contains("SECRET"),
            "{link}: {id} {url}"
        );
    }
}

#[test]
fn what_only_looks_like_a_job_is_none() {
    for link in [
        "https://evil.example.net/jobs/view/999999999",
        "https://linkedin.com.evil.example/jobs/view/999999999",
        "https://www.notlinkedin.com/jobs/view/999999999",
        "https://www.linkedin.com/company/12345",
        "https://www.linkedin.com/comm/jobs/search?keywords=rust&originToLandingJobPostings=4309297029,4431606257",
        "https://www.indeed.com/pagead/clk/dl?mo=r&ad=SPONSORED&tk=TOKEN",
        "https://www.indeed.com/jobs?q=Python&alid=ALERT1",
        "https://www.glassdoor.com/Job/jobs.htm?sc.occupationParam=AI&locId=2285197",
        "https://builtin.com/jobs?i=VIEWER",
        "javascript:alert('https://www.linkedin.com/jobs/view/1')",
        "mailto:ada@example.org",
        "",
    ] {
        assert_eq!(kept(link), None, "{link}");
    }
}
