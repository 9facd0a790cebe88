//! Boards that give each employer a host name of its own, and those with an account in the path.

use super::*;

#[test]
fn a_posting_on_any_board_leads_to_the_board() {
    let cases = [
        (
            "https://apply.workable.com/larkfield/j/A1B2C3D4E5/apply",
            SourceKind::Workable,
            "larkfield",
        ),
        (
            "https://apply.workable.com/api/v1/widget/accounts/larkfield?details=true",
            SourceKind::Workable,
            "larkfield",
        ),
        (
            "https://larkfield.workable.com/jobs/12",
            SourceKind::Workable,
            "larkfield",
        ),
        (
            "https://saltmarsh.recruitee.com/o/backend-engineering-intern",
            SourceKind::Recruitee,
            "saltmarsh",
        ),
        (
            "https://birkenhain.jobs.personio.de/job/410001?language=de",
            SourceKind::Personio,
            "de:birkenhain",
        ),
        (
            "https://birkenhain.jobs.personio.com/",
            SourceKind::Personio,
            "birkenhain",
        ),
        (
            "https://fjellvik.teamtailor.com/jobs/5500101-backend",
            SourceKind::Teamtailor,
            "fjellvik",
        ),
        (
            "https://tidemark.bamboohr.com/careers/31",
            SourceKind::BambooHr,
            "tidemark",
        ),
        (
            "https://tidemark.bamboohr.com/jobs/view.php?id=31",
            SourceKind::BambooHr,
            "tidemark",
        ),
        (
            "https://jobs.smartrecruiters.com/Ambergate/744000151000001-x",
            SourceKind::SmartRecruiters,
            "Ambergate",
        ),
        (
            "https://northmoor.wd5.myworkdayjobs.com/en-US/Careers/job/A/B_R-1",
            SourceKind::Workday,
            "northmoor/wd5/Careers",
        ),
    ];
    for (url, kind, board) in cases {
        assert_eq!(board_of(url), Some((kind, board.to_owned())), "{url}");
    }
    for url in [
        "https://apply.workable.com/j/A1B2C3D4E5",
        "https://www.workable.com/",
        "https://resources.workable.com/x",
        "https://www.bamboohr.com/pricing",
        "https://app.recruitee.com/",
        "https://northlight.example/?next=saltmarsh.recruitee.com",
    ] {
        assert_eq!(board_of(url), None, "{url}");
    }
}

fn hosted() -> Router {
    let robots = |host: http::HeaderMap| async move {
        let host = host.get("host").unwrap().to_str().unwrap().to_owned();
        format!(
            "User-agent: *\nAllow: /\nSitemap: http://{host}/workday/wd5/northmoor/Careers/siteMap.xml\n"
        )
    };
    let embedding = |host: http::HeaderMap| async move {
        let host = host.get("host").unwrap().to_str().unwrap().to_owned();
        Html(format!(
            "<a href='http://{host}/bamboohr/tidemark/careers'>Openings</a>"
        ))
    };
    Router::new()
        .route("/robots.txt", get(robots))
        .route(
            "/workable/api/v1/widget/accounts/larkfield",
            get(|| async { fixture("workable/board.json") }),
        )
        .route(
            "/recruitee/saltmarsh/api/offers/",
            get(|| async { fixture("recruitee/offers.json") }),
        )
        .route(
            "/personio-de/birkenhain/xml",
            get(|| async { fixture("personio/en.xml") }),
        )
        .route(
            "/teamtailor/fjellvik/jobs.json",
            get(|| async { fixture("teamtailor/jobs.json") }),
        )
        .route(
            "/bamboohr/tidemark/careers/list",
            get(|| async { fixture("bamboohr/list.json") }),
        )
        .route(
            "/smartrecruiters/Ambergate",
            get(|| async { Html(fixture("smartrecruiters/list.html")) }),
        )
        .route(
            "/smartrecruiters/Ambergate/api/more",
            get(|| async { Html("") }),
        )
        .route(
            "/workday/wd5/northmoor/wday/cxs/northmoor/Careers/jobs",
            axum::routing::post(|| async { fixture("workday/jobs.json") }),
        )
        .route("/company/careers", get(embedding))
        .route(
            "/branded",
            get(|| async { Html("<script src='https://careers.recruiteecdn.com/a.js'></script>") }),
        )
        .route(
            "/api/offers/",
            get(|| async { fixture("recruitee/offers.json") }),
        )
}

#[tokio::test]
async fn boards_are_found_by_shorthand_address_link_and_brand() {
    let cases = [
        (
            "workable:Larkfield",
            SourceKind::Workable,
            "larkfield",
            "Larkfield",
        ),
        (
            "recruitee:saltmarsh",
            SourceKind::Recruitee,
            "saltmarsh",
            "Saltmarsh",
        ),
        (
            "personio:de:birkenhain",
            SourceKind::Personio,
            "de:birkenhain",
            "Birkenhain Systeme GmbH & Co. KG",
        ),
        (
            "teamtailor:fjellvik",
            SourceKind::Teamtailor,
            "fjellvik",
            "Fjellvik",
        ),
        (
            "bamboohr:tidemark",
            SourceKind::BambooHr,
            "tidemark",
            "Tidemark",
        ),
        (
            "smartrecruiters:Ambergate",
            SourceKind::SmartRecruiters,
            "Ambergate",
            "Ambergate",
        ),
        (
            "workday:northmoor/wd5/Careers",
            SourceKind::Workday,
            "northmoor/wd5/Careers",
            "Northmoor",
        ),
        ("larkfield", SourceKind::Workable, "larkfield", "Larkfield"),
        (
            "SITE/bamboohr/tidemark/careers/31",
            SourceKind::BambooHr,
            "tidemark",
            "Tidemark",
        ),
        (
            "https://saltmarsh.recruitee.com/o/x",
            SourceKind::Recruitee,
            "saltmarsh",
            "Saltmarsh",
        ),
        (
            "SITE/company/careers",
            SourceKind::BambooHr,
            "tidemark",
            "Tidemark",
        ),
        (
            "SITE/workday/wd5/northmoor",
            SourceKind::Workday,
            "northmoor/wd5/Careers",
            "Northmoor",
        ),
        ("SITE/branded", SourceKind::Recruitee, "SITE", "Saltmarsh"),
    ];
    let (site, ctx) = site(hosted()).await;
    for (input, kind, board, name) in cases {
        let input = input.replace("SITE", &site.base);
        let found = detect(&ctx, &input)
            .await
            .unwrap_or_else(|why| panic!("{input}: {why}"));
        let board = board.replace("SITE", &site.base);
        assert_eq!(found[0].address, source(kind, &board), "{input}");
        assert_eq!(found[0].name.as_deref(), Some(name), "{input}");
    }
}

#[tokio::test]
async fn a_shorthand_that_could_change_the_host_is_refused() {
    let (_site, ctx) = site(Router::new()).await;
    for input in [
        "bamboohr:evil.example/",
        "recruitee:a.b",
        "recruitee:file:///etc/passwd",
        "teamtailor:ftp://x",
        "personio:de:a/b",
        "workday:northmoor",
        "workday:north/wd5/../../x",
        "workable:a/b",
    ] {
        let error = detect(&ctx, input).await.unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::BadAddress, "{input}: {error}");
        assert!(error.message.len() > 20);
    }
}
