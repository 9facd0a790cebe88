//! Which site an address means.

use super::*;
use crate::config::Endpoints;

fn board(url: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    Workday
        .board_of(&url, &Endpoints::default())
        .map(|board| board.address)
}

#[test]
fn pages_postings_and_calls_on_every_host_lead_to_the_site() {
    for url in [
        "https://northmoor.wd5.myworkdayjobs.com/Careers",
        "https://northmoor.wd5.myworkdayjobs.com/en-US/Careers/job/Austin-TX/X_R-204417-1/apply?source=x",
        "https://northmoor.wd5.myworkdayjobs.com/wday/cxs/northmoor/Careers/jobs",
        "https://northmoor.wd5.myworkdayjobs.com/Careers/siteMap.xml",
        "https://wd5.myworkdaysite.com/recruiting/northmoor/Careers/job/X_R-1",
        "https://wd5.myworkdaysite.com/en-US/recruiting/northmoor/Careers",
        "https://northmoor.wd5.myworkdaysite.com/recruiting/northmoor/Careers",
    ] {
        assert_eq!(
            board(url).as_deref(),
            Some("northmoor/wd5/Careers"),
            "{url}"
        );
    }
    for url in [
        "https://northmoor.wd5.myworkdayjobs.com/",
        "https://northmoor.wd5.myworkdayjobs.com/en-US",
        "https://northmoor.wd5.myworkdayjobs.com/robots.txt",
        "https://northmoor.wd5.myworkdayjobs.com.evil.example/Careers",
        "https://www.workday.com/en-us/company/careers.html",
    ] {
        assert_eq!(board(url), None, "{url}");
    }
}

#[test]
fn an_address_is_three_parts_that_cannot_change_the_host() {
    let site = CareerSite::parse("NorthMoor/wd5/External_Careers").unwrap();
    assert_eq!(site.to_string(), "northmoor/wd5/External_Careers");
    for bad in [
        "",
        "northmoor",
        "northmoor/wd5",
        "northmoor/wd5/",
        "northmoor/wd5/../x",
        "north.moor/wd5/Careers",
        "northmoor/wd5.evil/Careers",
        "northmoor/evil/Careers",
        "northmoor/wd5/a b",
        "northmoor/wd5/..",
        "a@b/wd5/Careers",
    ] {
        let error = CareerSite::parse(bad).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::BadAddress, "{bad}");
    }
}
