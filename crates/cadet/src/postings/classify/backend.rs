//! How much backend work is it? From the title alone, and from the text where the title leaves it open.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{Cues, Phrases, TitleWords};
use crate::postings::model::{BackendGrade, BackendReason};

const BACKEND: u8 = 0;
const FULL_STACK: u8 = 1;
const SERVER_TECH: u8 = 2;
const SERVER_TECH_OF_DEVELOPER: u8 = 3;
const SOFTWARE_ROLE: u8 = 4;
const SOFTWARE: u8 = 5;
const PLATFORM: u8 = 6;
const CLOUD: u8 = 7;
const INFRASTRUCTURE: u8 = 8;
const FRONTEND: u8 = 9;
const MOBILE: u8 = 10;
const DEVICE: u8 = 11;
const QUALITY: u8 = 12;
const OTHER_ROLE: u8 = 13;
const LEADS: u8 = 14;
const CHIP: u8 = 15;
const DESKTOP: u8 = 16;
const NOT_DEVELOPER: u8 = 17;
const IT: u8 = 18;
const BUILT: u8 = 19;
const GRAPHICS: u8 = 20;
const FRONTEND_TECH: u8 = 21;
const DOMAIN: u8 = 22;
const SERVER_LANGUAGE: u8 = 23;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (BACKEND, "backend, backends, *backend*, server side, serverside, serverseitig*, cote serveur, *后端*, *後端*, *后台开发*, *服务端*, *服务器开发*, *バックエンド*, *サーバーサイド*, *サーバサイド*, *백엔드*, *서버 개발*, *бэкенд*, *бекенд*, *бэкэнд*"),
        (FULL_STACK, "fullstack, *fullstack*, full stacks, *全栈*, *全棧*, *フルスタック*, *풀스택*, *фулстек*, *фуллстек*"),
        (
            SERVER_TECH,
            "java, dotnet, asp net, nodejs, nestjs, spring boot, springboot, django, fastapi, laravel, symfony, golang, quarkus, j2ee, jee, java ee, php, ruby on rails, microservice, microservices, sql server developer,
             go developer, go engineer, go software, go programmer, desarrollador go, developpeur go, api developer, api engineer, apis, rest api, api rest, apis rest, graphql api, server developer, game server, java entwickl*, *javaentwickl*, *phpentwickl*, api development, web services developer, kotlin backend, api platform",
        ),
        (SERVER_TECH_OF_DEVELOPER, "node, ruby, rails, flask, scala, elixir, kotlin, spring framework, java spring, spring mvc, sql server, pl sql, plsql, postgresql, kafka, server, grpc, go lang, api, clojure, erlang"),
        (
            SOFTWARE_ROLE,
            "software engineer*, software develop*, software dev, software programm*, swe, sde, sde1, sde i, software intern, software interns, software internship, software coop, sw engineer*, sw develop*, developer, developers, programmer, programmers, programming,
             *softwareentwickl*, *entwickler*, *anwendungsentwickl*, *webentwickl*, software entwickl*, anwendungsentwickl*, fachinformatiker*, developpeu*, developpement logiciel, developpement web, developpement cloud, ingenieur logiciel, ingenieure logiciel, genie logiciel, genie informatique, developpement informatique,
             desarrollador*, desarrollo de software, desarrollo web, ingeniero de software, ingenieria de software, programador*, desenvolvedor*, desenvolvimento, engenheiro de software, engenharia de software, sviluppator*, sviluppatric*, sviluppo software, sviluppo web, sviluppo applicazioni, ingegnere software, ingegneria del software, programmat*, ingenieria informatica, ingeniero informatico, desarrollo de aplicaciones, ingenierie logiciel*, developpement applicatif*, developpement d applications, concepteur de logiciel*, concepteur logiciel*, conceptrice de logiciel*, conceptrice logiciel*, conception de logiciel*, conception logiciel*, software designer*,
             ontwikkelaar*, softwareontwikkel*, utvecklare, *utvecklare, systemutveckl*, udvikler, softwareudvikl*, *udvikler, utvikler, *utvikler, *udviklere, programmor, programmerare, mjukvaru*, systemvetare, ohjelmisto*, ohjelmoi*, *kehittaja*, programist*, programiranje, inzynier oprogramowania, inzynier oprogramowani*, deweloper*, programator*, vyvojar*, vyvoj software, softverovy*, dezvoltator*, *fejleszto*, szoftver*, yazilim*, programci, razvoj programske, programerk*, programer, *программист*, *разработчик*, *разработк*, *програміст*, *розробник*, *προγραμματιστ*, *软件*, *軟體*, *軟件*, *开发工程师*, *開發工程師*, *研发工程师*, *ソフトウェア*, *ソフトウエア*, web エンジニア*, *webエンジニア*, web 개발*, web 开发*, *開発エンジニア*, *プログラマ*, *소프트웨어*, *개발자*, *웹 개발*, lap trinh vien, phat trien phan mem, lap trinh, pengembang perangkat lunak, *ซอฟต์แวร์*, software architect*, web engineer*, web dev, web development, webdev, application development, app development,
             applications development, member of technical staff, technical staff, mts, forward deployed engineer*, software solutions, software engrg, quant dev, etudes et developpement, informaticien*, softwaredeveloper, software research, software development",
        ),
        (SOFTWARE, "software, sw, logiciel*, python engineer*, python intern, python internship, engineer python, ingenieur python, python rust, rust engineer*, rust intern, rust internship, csharp engineer*, csharp intern, scala engineer*, typescript engineer*, javascript engineer*, oprogramowani*, programacao, programacion, programmation, programmering, programowani*, programovani*, programmazione, programozas, systemes distribues, sistemas distribuidos, verteilte systeme, distribuerade system, informatyk*, informatica, informatico, bilgisayar muhendis*, *计算机*, *資訊工程*, computer science, *informatik*, informatique, web platform, web application, web applications, web technologies, application integration, integration developer, integration engineer, coding, saas engineer*, blockchain, smart contract*, distributed systems, computer engineering, sistemas informaticos, ti desenvolvimento, cs intern, computer programming, full cycle"),
        (
            PLATFORM,
            "devops, devsecops, dev ops, sre, site reliability, platform engineer*, platform intern, platform internship, platform coop, data engineer*, data platform*, data infrastructure, data infra, big data, etl, data pipeline*, data warehous*, database engineer*, database develop*, data integration, analytics engineer*, mlops, ml ops, ml infra*, ml platform, machine learning platform,
             machine learning infrastructure, ai platform, ai infrastructure, ai infra, llm infra*, engineering platform*, developer platform*, developer productivity, developer experience, internal tools, devex, infrastructure as code, kubernetes, ingenieur data, ingenieur de donnees, ingenieure de donnees, ingenierie de donnees, genie des donnees, inzynier danych, *datenplattform*, *dataingenjor*, dataingenior*, data ingenieur, data ingeniero, ingegnere dei dati, veri muhendis*, *数据工程*, *データエンジニア*, *데이터 엔지니어*, *データ基盤*, *大数据*, *インフラ*, *클라우드*, dataops, data ops, dateningenieur*, ingenieur devops, engenheiro de dados, engenharia de dados, ingeniero de datos, database intern, database internship, database reliability, datenbank*, bases de donnees, base de donnees, bases de datos, banco de dados, bazy danych, ingenieria de datos, *云计算*, *云平台*, *雲端*, *クラウド*, databases, observability, software release, build engineer*, build and release, build infrastructure, cloud native, production engineering facebook, systems programm*, integration platform, aws, gcp, azure, payment infra, payments infra*, infra, infra software, finops engineer*, cloudops, platform dev, platform development",
        ),
        (CLOUD, "cloud"),
        (INFRASTRUCTURE, "infrastructure, infrastructures"),
        (FRONTEND, "frontend, *frontend*, *前端*, *フロントエンド*, *프론트엔드*, *фронтенд*, interface utilisateur, ui, ux, uiux, user interface, user experience, front developer, front dev, front web, developpeu* front, design system, design systems, web designer, web design, *frontendentwickl*, integrateur web"),
        (FRONTEND_TECH, "react, reactjs, react js, angular, angularjs, vue, vuejs, vue js, css, html, wordpress, webflow, shopify, squarespace"),
        (SERVER_LANGUAGE, "python, csharp, golang, rust, typescript backend"),
        (MOBILE, "ios, android, mobile, tvos, swiftui, swift developer, swift engineer, react native, flutter, app develop, watchos, visionos, *安卓*, *移动端*, *客户端*, *モバイル*, *안드로이드*"),
        (
            DEVICE,
            "embedded, eingebettete, firmware, hardware, avionics, flight software, plc, controls, control systems, controls engineer*, robotics, robotic, robot, mechatronic*, dsp, rf, device driver, device drivers, linux kernel, kernel, bios, uefi, bsp, autosar, adas, signal processing, power electronics,
             autonomy, perception, motion planning, slam, gnc, guidance, navigation, radar, lidar, hil, hardware in the loop, labview, scada, embarque, embarques, embarquee, modem, photonics, device software, audio software, powertrain, chassis, ecu, fpga, asic, rtl, vlsi, verilog, embebid*, embarcad*, embarqu*, incorporad*, geomuletett, wbudowan*, gomulu, inbyggda, indlejret, *嵌入式*, *组み込み*, *組み込み*, *組込*, *임베디드*, *固件*, *硬件*, *機器人*, *机器人*, robotique, robotik*, robotica, micrologiciel*, halvledar*",
        ),
        (
            DOMAIN,
            "electrical, electronics, electronic, mechanical, driver, drivers, sensor, sensors, automotive software, cnc, manufacturing, instrumentation, wireless, 5g, ran, optical, camera, imaging, battery, thermal, materials, chemical, industrial, aerospace, propulsion, vehicle, nuclear, biomedical, laboratory, lab, process",
        ),
        (CHIP, "fpga, asic, rtl, vlsi, soc, dft, sta, physical design, silicon, wafer, place and route, pnr, analog, mixed signal, layout, semiconductor, assembly, packaging, process engineer*, foundry, dram, nand, chip, yield, lithography, verilog, eda, *halbleiter*, semiconduct*, semi conducteur*, semicondutor*, puolijohde*, *芯片*, *半导体*, *半導體*, *반도체*, pd engineer, integration process, metrology, cmos"),
        (
            QUALITY,
            "qa, quality assurance, quality engineer*, quality analyst, quality and test, software quality, test engineer*, engineer test, engineer in test, engineering test, in test, software test, tester, testers, testing, test automation, test developer, test development, sdet, validation, verification, software tests, test intern, test internship, test coop, qualite logiciel, testeur*, qualitatssicherung, testautomatisier*, assurance qualite, developer in test, test verification, test analyst, aseguramiento de calidad, quality control, assurance de la qualite, calidad de software, calidad del software, validacion, qualidade de software, testador*, testes, pruebas, software testing, *softwaretest*, testere, testare, testen, test*ingenieur, kwaliteit, zapewnienie jakosci, *测试*, *測試*, *テスト*, *테스트*, *тестировщик*, verification de logiciel*, tests et validation, tests logiciel*, testautomation*",
        ),
        (GRAPHICS, "graphics, rendering, gameplay, game developer, game programm*, game development, game design*, unity, unreal, game engine, unity3d, compiler, compilers, vr, xr, ar vr, 3d, animation, technical artist, shader, gpu software, game engineer*"),
        (DESKTOP, "wpf, winforms, desktop, qt, windows forms"),
        (
            OTHER_ROLE,
            "analyst, analysts, consultant, consulting, specialist, coordinator, representative, support, technician, designer, writer, trainer, counsel, attorney, accountant, accounting, field, procurement, buyer, licensing, sales, account, accounts, marketing, business, customer, success, admin, administrator, administration, operations, operator, finance, hr, human resources, talent, recruiting, recruiter, legal, communications, policy,
             risk, audit, tax, advisor, strategy, growth, product manager, product management, project manager, project management, program manager, program management, product owner, scrum, implementation, education, instructor, teacher, pharmacist, nurse, clinical, research scientist, scientist, data science, data analytics, presales, pre sales, solutions architect, solution architect, content, social media, partnerships, partner, evangelist, advocate, relations, community, media, training, editor, translator, linguist, construction, civil, structural, architecture engineer, facilities, data center technician, data centre technician,
             investment banking, m a, software asset, vertrieb, vertriebs*, einkauf, buchhaltung, comptab*, juriste, ventas, vendas, comercial, commercial, recrutement, contabil*, controlling, redakteur*, redaktion, *产品经理*, *運營*, *运营*, *销售*, *市场*, *営業*, *企画*, *デザイナー*, *마케팅*, *영업*, *기획*, *디자인*,
             stocker, stockers, cashier, cashiers, store associate, stock associate, retail associate, warehouse associate, stock clerk, clerk, merchandiser, picker, packer, cook, cooks, baker, barista, dishwasher, housekeeper, janitor, custodian, mechanic",
        ),
        (LEADS, "manager, director, head of, chief, recruiter, vice president, vp, president, supervisor, sales engineer*, gestion de projet*, chef de projet*, cheffe de projet*, chefe de projet*, gestion de proyecto*, jefe de proyecto*, gestao de projeto*, gerente de projeto*, projektleit*, projektmanag*, projectmanag*, projectleid*, kierownik projektu, account executive, product owner, scrum master, professor, lecturer, teacher, instructor, technical writer, sourcer, product management, project management, program management, business analyst, business analysts, business development, sales development, product design, tpm, field engineer, field service, support engineer, support technician, customer engineer, gestionnaire, *leiter, *leiterin, teamleit*, product marketing, project engineer"),
        (
            NOT_DEVELOPER,
            "business developer, businessdeveloper, real estate developer, land developer, property developer, curriculum developer, content developer, training developer, course developer, bi developer, power bi, tableau, report developer, developer relations, developer advocate, developer advocacy, developer marketing, developer evangelist, developer success, developer support, developer education, sales developer, talent developer, instructional developer, leadership developer, market developer, ui developer, ux developer, process developer, product developer, formulation developer, recipe developer, assay developer, fragrance developer, developer community, developer content, developer documentation, story developer, solar developer, project developer, wind developer, energy developer, housing developer, personal programming, music programming, tv programming, cnc programm*, programming coordinator, event programming, community programming, public programming, youth programming, museum programming, plc programm*, robot programm*",
        ),
        (IT, "information technology, it, it support, it intern, it infrastructure, information systems, help desk, helpdesk, service desk, desktop support, it analyst, soc, modeling, workplace technology, network infrastructure"),
        (BUILT, "civil, construction, transportation, bridge, highway, water, rail, railway, roads, urbaine, urbaines, urbain, urbains, routier*, ferroviaire*, structural, geotechnical, buildings, energy infrastructure, utilities, infrastructure engineers, real estate, transit, traffic engineer, power infrastructure, data center infrastructure, international infrastructure, mission critical, facilities, site development, environmental, charging infrastructure, transport, aviation, green infrastructure, urban, planning, policy, finance, investment, private equity, banking, fund, deals"),
    ])
});

/// Nothing but engineering, without saying of what: `Fall 2027 Engineering Co-op`.
static BARE_ENGINEERING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?: (?:the|a|an|and|or|of|for|in|at|to|summer|winter|fall|spring|autumn|intern|interns|internship|internships|coop|student|students|program|programme|undergraduate|graduate|university|bs|ms|phd|bachelors?|masters?|new|term|semester|months?|weeks?|weeklong|part|full|time|paid|remote|hybrid|usa?|canada|uk|early|career|campus|jan|january|may|june|sept?|september|august|opportunit(?:y|ies)|20\d\d|\d{1,3}|[|]))* (?:computer )?(?:engineering|engineers?)(?: (?:the|a|and|or|of|for|in|at|to|summer|winter|fall|spring|autumn|intern|interns|internship|internships|coop|student|students|program|programme|undergraduate|graduate|university|bs|ms|phd|bachelors?|masters?|new|term|semester|months?|weeks?|part|full|time|paid|remote|hybrid|usa?|canada|uk|early|career|campus|jan|january|may|june|sept?|september|august|opportunit(?:y|ies)|20\d\d|\d{1,3}|[|]))* $",
    )
    .expect("the pattern is constant")
});

/// How much backend work a title says it is, and whether it is of software at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The grade.
    pub grade: BackendGrade,
    /// Why.
    pub reason: BackendReason,
    /// Whether the title is of software work of any kind.
    pub is_software: bool,
    /// Whether the title names another kind of work, so that the text cannot make it backend work.
    pub is_other: bool,
    /// Whether the title says nothing but `engineering`, so that the text decides.
    pub is_bare: bool,
}

/// What the title alone says.
#[must_use]
pub fn judge(words: &TitleWords) -> Judged {
    let cues = PHRASES.find(&words.plain);
    let developer = cues.has(SOFTWARE_ROLE) && !cues.has(NOT_DEVELOPER);
    let mobile =
        cues.has(MOBILE) && !words.plain.contains(" web ") && !cues.any(&[CLOUD, SERVER_TECH]);
    let not_code = mobile || cues.any(&[DEVICE, QUALITY, GRAPHICS]);
    let is_software = developer
        || cues.any(&[
            BACKEND,
            FULL_STACK,
            SERVER_TECH,
            SOFTWARE,
            PLATFORM,
            FRONTEND,
            FRONTEND_TECH,
            MOBILE,
        ]);
    let says_backend = cues.has(BACKEND) && !cues.has(CHIP) && is_maker(words, cues, developer);
    let grade = if cues.has(FULL_STACK) || says_backend {
        if cues.has(QUALITY) && !cues.has(FULL_STACK) {
            BackendGrade::Plausible
        } else {
            BackendGrade::Explicit
        }
    } else if not_code || cues.has(LEADS) || cues.has(NOT_DEVELOPER) && !cues.has(SERVER_TECH) {
        BackendGrade::No
    } else if says_server_technology(cues, developer) {
        let doubtful = cues.any(&[DESKTOP, FRONTEND]) || !developer && cues.has(OTHER_ROLE);
        if doubtful {
            BackendGrade::Plausible
        } else {
            BackendGrade::Explicit
        }
    } else if cues.has(FRONTEND_TECH)
        && !cues.has(FRONTEND)
        && developer
        && cues.has(SERVER_LANGUAGE)
    {
        // `Software Engineer (Angular/C#)` works on both ends.
        BackendGrade::Plausible
    } else if cues.any(&[FRONTEND, FRONTEND_TECH]) && !cues.has(PLATFORM) {
        BackendGrade::No
    } else if developer || weakly_software(words, cues) {
        BackendGrade::Plausible
    } else {
        BackendGrade::No
    };
    let is_other = grade == BackendGrade::No
        && (not_code
            || cues.any(&[
                LEADS,
                FRONTEND,
                FRONTEND_TECH,
                OTHER_ROLE,
                NOT_DEVELOPER,
                BUILT,
                CHIP,
                DOMAIN,
            ]));
    let is_bare = grade == BackendGrade::Plausible && !is_software && is_bare_engineering(words);
    let reason = match grade {
        BackendGrade::No => why_not(cues, mobile, is_software),
        _ => why(cues, developer, says_backend, is_bare),
    };
    Judged {
        grade,
        reason,
        is_software,
        is_other,
        is_bare,
    }
}

/// Whether the title is of one who builds, where it also names a role of those who lead, sell or support: `Backend Engineer,
/// Customer Success` and not `Engineering Manager, Backend`.
fn is_maker(words: &TitleWords, cues: Cues, developer: bool) -> bool {
    if cues.has(LEADS) {
        return words.plain.contains(" engineer ") || words.plain.contains(" developer ");
    }
    !cues.has(OTHER_ROLE) || developer || words.plain.contains(" engineer")
}

fn says_server_technology(cues: Cues, developer: bool) -> bool {
    cues.has(SERVER_TECH) || cues.has(SERVER_TECH_OF_DEVELOPER) && developer
}

fn why(cues: Cues, developer: bool, says_backend: bool, is_bare: bool) -> BackendReason {
    if says_backend {
        BackendReason::NamesBackend
    } else if cues.has(FULL_STACK) {
        BackendReason::FullStack
    } else if says_server_technology(cues, developer) {
        BackendReason::ServerTechnology
    } else if is_bare {
        BackendReason::Engineering
    } else if cues.any(&[PLATFORM, CLOUD, INFRASTRUCTURE]) {
        BackendReason::Platform
    } else {
        BackendReason::SoftwareRole
    }
}

fn why_not(cues: Cues, mobile: bool, is_software: bool) -> BackendReason {
    if cues.has(QUALITY) {
        BackendReason::Quality
    } else if cues.any(&[DEVICE, CHIP]) {
        BackendReason::Device
    } else if mobile {
        BackendReason::Mobile
    } else if cues.has(GRAPHICS) {
        BackendReason::Graphics
    } else if cues.any(&[FRONTEND, FRONTEND_TECH]) {
        BackendReason::Frontend
    } else if is_software || cues.any(&[LEADS, OTHER_ROLE, NOT_DEVELOPER, BUILT, DOMAIN, IT]) {
        BackendReason::OtherWork
    } else {
        BackendReason::NotSoftware
    }
}

/// Words that mean software only where no other role is named.
fn weakly_software(words: &TitleWords, cues: Cues) -> bool {
    let engineer = words.plain.contains(" engineer") || words.plain.contains(" ingenieur");
    if cues.has(PLATFORM) && (!cues.has(OTHER_ROLE) || engineer) {
        return true;
    }
    if cues.has(CHIP) || cues.has(OTHER_ROLE) && !(cues.has(CLOUD) && engineer) {
        return false;
    }
    cues.any(&[SOFTWARE, CLOUD])
        || cues.has(INFRASTRUCTURE) && !cues.any(&[IT, BUILT])
        || is_bare_engineering(words)
}

fn is_bare_engineering(words: &TitleWords) -> bool {
    BARE_ENGINEERING.is_match(words.parted.trim_end_matches("| "))
}
