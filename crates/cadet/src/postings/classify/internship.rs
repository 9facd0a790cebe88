//! Is it an internship? From the title alone.
//!
//! Counted: internships, co-ops, placements, working students, apprenticeships and dual studies, theses written in a
//! company (a student's temporary post, filled like an internship), and trainees in software. Not counted: jobs for
//! graduates, jobs for former interns only, and jobs of those who look after interns.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Phrases, TitleWords};

const INTERN: u8 = 0;
const TRAINEE: u8 = 1;
const STAGE: u8 = 2;
const NOT_STAGE: u8 = 3;
const NOT_FOR_INTERNS: u8 = 4;
const STUDENT: u8 = 5;
const NOT_STUDENT: u8 = 6;
const ANALYST: u8 = 7;
const NOT_TRAINEE: u8 = 8;
const FRENCH: u8 = 9;
const PLACEMENT: u8 = 10;
const NOT_APPRENTICE: u8 = 11;
const APPRENTICE: u8 = 12;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (
            INTERN,
            "intern, interns, internship, internships, internee, internees, coop, co op, coops, externship, externships, extern, externs, intership*, internshp, pey, professional experience year, work study, staj, stageplek*, stageopdracht*, stageplaats*,
             *werkstudent*, *werkstudierende*, *praktikum, *praktika, *praktikant*, praxissemester, praxisphase, studentische hilfskraft, studentische mitarbeit*, hiwi,
             stagiair*, stagist*, tirocin*, alternance, alternant, alternante, alternants, estagi*, estagio*, becari*, becas, pasant*, practicas, practica de ingenieria, practica ingenieria, practica desarrollo, practica de desarrollo, practica laboral, practica universitaria, practica empresarial, practicante*, pasantia*,
             practica profesional, practicas profesionales, stagehold*, afstudeerstage, meewerkstage, afstudeeropdracht, praktik, praktikplats, praktikophold,
             examensarbete, exjobb, *harjoittelija*, harjoittelu, staz, staze, stazyst*, praktyk*, stajyer, gyakornok*, staziste, stagiar*, stagiu,
             working student, working students, student worker, student assistant, student employee, studentmedarbejder*, studentermedhj*, summer student, sommerstudent,
             sommerjobb*, sommarjobb*, kesatyontekija, kesaharjoittel*, summer trainee, summer trainees, industrial trainee, industrial training, internship trainee, trainee intern,
             vacation student, vacationer, year in industry, industrial placement, placement year, placement student, student placement, sandwich placement, sandwich student,
             summer placement, undergraduate placement, spring week, off cycle, off cycle analyst, bachelorarbeit, masterarbeit, abschlussarbeit, diplomarbeit, thesis, masters thesis,
             tesi di laurea, pflichtpraktik*, orientierungspraktik*, schulerpraktik*, *实习*, *實習*, *インターン*, *인턴*, *стажер*, *стажёр*, *стажировк*, thuc tap, thuc tap sinh",
        ),
        (
            APPRENTICE,
            "apprentice, apprentices, apprenticeship, apprenticeships, apprenti, apprentie, apprentis, apprentissage, auszubildende*, auszubildender, ausbildung*, azubi*, *lehrling*, duales studium,
             dualer student, duale studentin, dual student, dualstudent*, dhbw, jovem aprendiz, menor aprendiz, aprendiz, apprendista, apprendistato, contrat de professionnalisation, degree apprentice*, larling*",
        ),
        (NOT_APPRENTICE, "apprenticeship manager, apprenticeship coordinator, apprenticeship advisor, apprenticeship tutor, ausbildungsleiter*, ausbildungsbeauftragt*, ausbilder*, apprenticeship instructor, apprenticeship assessor, ausbildung zum trainer"),
        (TRAINEE, "trainee, trainees, traineeship, traineeprogramm, traineeship program, programa trainee"),
        (
            NOT_TRAINEE,
            "graduate trainee, management trainee, sales trainee, trainee manager, manager trainee, trainee program, trainee programme, traineeprogramm, trainee recruitment, trainee recruiter, retail trainee, leadership trainee,
             graduate, sales, account, marketing, recruitment, consultant, store, driver, technician",
        ),
        (STAGE, "stage, stages, stage de, offre de stage, pfe"),
        (
            NOT_STAGE,
            "early stage, late stage, growth stage, later stage, seed stage, all stage, all stages, any stage, multi stage, single stage, two stage, end stage, stage manager, stage management, stage technician, stage hand, stage director, stage lighting,
             clinical stage, stage crew, stage production, main stage, back stage, on stage, stage gate, stage operations, stage carpenter, upper stage, first stage, second stage, stage engineer, stage 1, stage 2, stage 3, stage 4, stage i, stage ii, stage iii,
             stage iv, live stage, stage rigger, vehicle stage, stage integration, stage assembly, center stage, world stage, stage automation",
        ),
        (FRENCH, "h f, f h, h f x, f h x, mois, de, en, developpeu*, developpement, ingenieur*, charge, chargee, assistant, assistante, fin detudes, f h x"),
        (
            NOT_FOR_INTERNS,
            "intern conversion, interns conversion, internship conversion, intern to fte, intern to full time, converted intern, converting intern, conversion intern, intern convert, apprentice conversion, coop conversion, return offer only, former intern, former interns, previous intern,
             previous interns, past interns, prior intern, prior interns, intern return offer, ex intern, current interns, current intern conversion, intern hires, intern alumni, internship alumni, post internship, post intern,
             non intern, not an internship, interns and graduates team, intern coordinator, internship coordinator, internship recruiter, intern recruiter, internship recruiting, intern recruiting, intern recruitment, internship advisor,
             internship supervisor, intern supervisor, internship specialist, coop coordinator, coop advisor, coop specialist, coop recruiter, coop supervisor, thesis advisor, internships manager, coop office, food coop, housing coop, coop bank, coop store, coop manager, grocery coop",
        ),
        (
            STUDENT,
            "*student opportunit*, student opportunities, part time student, student part time, student position, student job, student role, student internship, student trainee, student program software, student developer, student engineer, student software, student researcher,
             undergraduate student, phd student, masters student, university student, engineering student, student engineering, student software engineer, computer science student, software engineering student, software developer student, developer student, student apprentice, student intern,
             student aide, student technician, student programmer, student analyst, student it, student data, student research assistant, student research, student helper, it student, student hourly, student associate, student web developer, student information technology",
        ),
        (
            NOT_STUDENT,
            "student success, student affairs, student services, student support, student life, student loan, student loans, student recruitment, student housing, student advisor, student experience, student engagement, student finance, student accounts, student accommodation,
             student information, student systems, student learning, student programs, student outcomes, student ministry, student conduct, student development, student activities, manager, director, professor, teacher, counselor, coordinator, advisor, instructor, lecturer",
        ),
        (ANALYST, "summer analyst, summer analysts, summer associate, summer associates, summer analyst program, off cycle analyst, winter analyst, sophomore summer, summer internship"),
        (PLACEMENT, "placement, placements, 12 month placement, 6 month placement, month placement"),
    ])
});

/// `Manager, Internship Program`, `Internship Programme Lead`, `Head of Internships`: who looks after interns.
static LOOKS_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \ (?:manager|director|head|lead|leader|coordinator|recruiter|supervisor|administrator|mentor|advisor|specialist|partner|recruiting|recruitment)(?:\ \|)?\ (?:of|for|our|the|university|global|campus|summer|student|and|[|]|\ )*(?:internships?|interns|intern|coop|apprenticeships?)\ (?:program|programme|programs|programmes|recruiting|recruitment|experience|hiring)\b
        | \ (?:head|manager|director|mentor|coordinator|supervisor)\ (?:of|for|to)\ (?:the\ |our\ |student\ )?(?:internships?|interns|coops|apprentices|apprenticeships)\ 
        | \ (?:internships?|interns?|coop|apprenticeships?|working\ student)\ (?:and\ \w+\ )?(?:programs?|programmes?|recruiting|recruitment|hiring)\ (?:manager|director|lead|leader|coordinator|recruiter|specialist|supervisor|administrator|partner|associate|advisor)\b",
    )
    .expect("the pattern is constant")
});

/// `Student` at the end of a part, or before a term: `Software Student (Summer)`.
static STUDENT_PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" students?(?: \||$| (?:summer|winter|fall|spring|autumn|20\d\d|jan|may|sep|4|8|12|16|opportunit|coop|intern|of|\d)| $)").expect("the pattern is constant")
});

/// `placement` of a person in work, not of an agency, of goods or of components.
static PLACEMENT_PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?: student| year| summer| industrial| undergraduate| month| software| engineering| developer| engineer| technology| it| \d+ month) placements? |^ placements? \||placement (?:20\d\d|year|student|scheme|programme|opportunit|summer|\|)")
        .expect("the pattern is constant")
});

static SENIOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" (?:senior|sr|staff|principal|head|director|vp|chief|president) ")
        .expect("the pattern is constant")
});

/// `For Summer 2027 Interns Only` says who may apply, not what it is.
static ONLY_FOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" (?:for (?:\w+ ){0,6}?)?(?:summer |20\d\d |returning |former ){0,3}interns? only ")
        .expect("the pattern is constant")
});

/// `Student` before what the student does: `Student Web Developer`.
static STUDENT_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ (?:undergraduate |graduate )?students? (?:\w+ ){0,3}(?:developer|engineer|analyst|programmer|technician|assistant|help|worker|aide|tester|designer) ").expect("the pattern is constant")
});

/// Whether the title alone says that it is an internship. `is_software`: whether the title is of software work, which
/// decides for trainees.
#[must_use]
pub fn judge(words: &TitleWords, is_software: bool) -> bool {
    if words.plain.contains(" only ")
        && let Cow::Owned(parted) = ONLY_FOR.replace_all(&words.parted, " ")
    {
        let plain = parted.replace("| ", "");
        return judge(&TitleWords { plain, parted }, is_software);
    }
    let cues = PHRASES.find(&words.plain);
    if cues.has(NOT_FOR_INTERNS) || LOOKS_AFTER.is_match(&words.parted) {
        return false;
    }
    if cues.has(INTERN) || cues.has(ANALYST) || cues.has(APPRENTICE) && !cues.has(NOT_APPRENTICE) {
        return true;
    }
    if cues.has(TRAINEE) && is_software && !cues.has(NOT_TRAINEE) {
        return true;
    }
    if cues.has(STAGE) && !cues.has(NOT_STAGE) && is_french_stage(words, cues.has(FRENCH)) {
        return true;
    }
    if (cues.has(STUDENT)
        || STUDENT_PART.is_match(&words.parted)
        || STUDENT_FIRST.is_match(&words.plain))
        && !cues.has(NOT_STUDENT)
        && !SENIOR.is_match(&words.plain)
    {
        return true;
    }
    cues.has(PLACEMENT) && PLACEMENT_PART.is_match(&words.parted)
}

/// Whether a title says that it is an apprenticeship, an alternance or a dual study.
#[must_use]
pub fn is_apprenticeship(title: &str) -> bool {
    let words = TitleWords::of(title);
    PHRASES.find(&words.plain).has(APPRENTICE) || words.plain.contains(" alternan")
}

/// Whether the title says that it is none, whatever else is said of it: a post for former interns, or for those who look
/// after interns.
#[must_use]
pub fn denies(words: &TitleWords) -> bool {
    PHRASES.find(&words.plain).has(NOT_FOR_INTERNS) || LOOKS_AFTER.is_match(&words.parted)
}

/// `Stage` begins the title or a part of it, or stands among French words.
fn is_french_stage(words: &TitleWords, french: bool) -> bool {
    french
        || words.parted.starts_with(" stage ")
        || words.parted.contains("| stage | ")
        || words.parted.contains("| stage ete ")
        || words.parted.contains("| stage 20")
        || words.plain.ends_with(" stage ") && words.plain.split_whitespace().count() <= 3
}
