//! Is it an internship? From the title alone.
//!
//! Counted: internships, co-ops, placements, working students, apprenticeships and dual studies, theses written in a
//! company (a student's temporary post, filled like an internship), and trainees in software. Not counted: jobs for
//! graduates, jobs for former interns only, and jobs of those who look after interns.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Cues, Phrases, TitleWords};

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
            "intern, interns, internee, internees, *internship*, *externship*, extern, externs, intership*, internshp, intenship*, lntern, lnternship, *engineeringintern, *engineerintern, *developerintern, *developmentintern, *softwareintern, coop, coops, co op, co ops, pey, professional experience year, work study,
             working student, working students, student worker, student assistant, student employee, summer student, summer trainee, summer trainees, summer scholar, summer scholars, industrial trainee, industrial training, on the job trainee, ojt, internship trainee, trainee intern, cadetship, cadetships,
             vacation student, vacationer, vacation scheme, vacation programme, vacation work, year in industry, industrial placement, placement year, placement student, student placement, sandwich placement, sandwich student, sandwich year, summer placement, undergraduate placement, placement scheme,
             spring week, spring insight, summer insight, insight week, off cycle, thesis, *masterthesis, *bachelorthesis, masters thesis, practicum, practicums",
        ),
        (
            // German, Dutch, the North, Finnish.
            INTERN,
            "*werkstud*, *praktikum, *praktikums*, *praktika, *praktikant*, praxissemester*, praxisphase*, praxisstudent*, studentisch*, hiwi, premaster*, *masterand, *masterandin, *bachelorand, *bachelorandin, diplomand*, bachelorarbeit*, masterarbeit*, abschlussarbeit*, diplomarbeit*, studienarbeit, pflichtpraktik*, orientierungspraktik*, schulerpraktik*, sommerstudent, studienpraktik*,
             stagiair*, stageplek*, stageopdracht*, stageplaats*, stagehold*, afstudeer*, afstuderen, meewerkstage*, meeloopstage*, onderzoeksstage*, werkstage*, stage hbo, stage wo, stage mbo, hbo stage, wo stage, mbo stage, werkstudie,
             *praktik, *praktikplats*, *praktikplads*, praktikophold*, praktikpladser, *praktikant, examensarbet*, exjobb*, masteruppsats, kandidatuppsats, masteroppgave*, bacheloroppgave*, specialestuderende, studentmedarb*, studentermedhj*, studiejob*, elev, studenterjob*, studentjobb*, sommerjobb*, sommarjobb*, lia praktik, lia plats, lia student*,
             *harjoittelija*, *harjoittelu*, kesatyontekija, kesatyo, kesatyot, diplomityo*, opinnaytetyo*",
        ),
        (
            // French, Spanish, Portuguese, Italian, Romanian.
            INTERN,
            "stagist*, stagire, stagiaires*, alternance, alternances, alternant, alternante, alternants, alternantes, job etudiant, emploi etudiant, emplois etudiants, etudiant en, etudiante en, etudiant d ete, memoire de fin d etudes,
             becari*, beca, becas, pasant*, practica, practicas, practicante*, practicum*, practicantes*, estudiante en, estudiante de, estudiantes de, residente profesional, residencias profesionales, residencia profesional, servicio social, estadia profesional, estadias profesionales, formacion dual, fp dual,
             estagi*, estagio*, tirocin*, stage curricular*, stage extracurricular*, stage retribuit*, in stage, praticant*, tesi di laurea, tesista, stagiar*, stagiu*, practicant*",
        ),
        (
            // Polish, Czech, Slovak, the south Slavs, Hungarian, the Baltic, Turkish, Greek, Russian, Ukrainian, Bulgarian.
            INTERN,
            "staz, staze, stazu, stazem, stazyst*, stazow*, staziste, stazist*, stazov*, praktyk, praktyka, praktyki, praktykant*, praktykantk*, odborna praxe, odborna prax, povinna praxe, praksa, praksu, prakse, strucna praksa, pripravnik*, pripravnistvo, studentsko delo, gyakornok*, szakmai gyakorlat, praktika, praktikos,
             staj, staji, stajer, stajyer*, stajy*, *πρακτικη ασκηση*, *πρακτικη*, *стажер*, *стажёр*, *стажировк*, *стажування*, *стажист*, *стажант*, *практикант*, интерн, интерны, летняя практика, производственная практика, оплачиваемая практика",
        ),
        (
            // Asia and the Near East.
            INTERN,
            "*实习*, *實習*, *见习*, *見習*, *工讀生*, *インターン*, *就業体験*, *인턴*, *현장실습*, *실습생*, thuc tap, thuc tap sinh, magang, pemagang, kerja praktek, latihan industri, pelajar praktikal, *ฝึกงาน*, *สหกิจ*, *متدرب*, *تدريب صيفي*, *تدريب تعاوني*, *کارآموز*, *סטודנט*, *מתמחה*",
        ),
        (
            APPRENTICE,
            "apprentice, apprentices, apprenticeship, apprenticeships, apprenti, apprentie, apprentis, apprenties, apprentissage, contrat de professionnalisation, contrat pro, auszubildende*, ausbildung*, *berufsausbildung*, *ausbildung, azubi*, *lehrling*, lehrstelle*, lernende, lernender, duales studium, duale ausbildung, duale hochschule,
             dualer student, duale studentin, duale student, dual student, dual study, dual studierende*, dualstudent*, dhbw, jovem aprendiz, menor aprendiz, aprendiz, aprendices, contrato de aprendizaje, apprendist*, degree apprentice*, larling*, larlingsplats*, *laerling*, oppisopimus*, leerling, leerlingen, leerwerk*",
        ),
        (NOT_APPRENTICE, "apprenticeship manager, apprenticeship coordinator, apprenticeship advisor, apprenticeship tutor, ausbildungsleiter*, ausbildungsbeauftragt*, ausbilder*, apprenticeship instructor, apprenticeship assessor, ausbildung zum trainer, ausbildungsmanag*, ausbildungskoordinat*, ausbildungsverantwort*, ausbildungsreferent*, ausbildungsmeister*, ausbildungsberat*, ausbildungstrainer*, ausbildungsbegleit*, ausbildungscoach*, apprentissage automatique, apprentissage profond, apprentissage machine, apprentissage statistique, apprentissage par, apprentissage en ligne, deep apprentissage"),
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
             stage iv, live stage, stage rigger, vehicle stage, stage integration, stage assembly, stage coach, center stage, world stage, stage automation, stage machinist*, stage electrician*, chef de stage, regie stage",
        ),
        (FRENCH, "h f, f h, h f x, f h x, h f n, m f d, mois, de, en, developpeu*, developpement, ingenieur*, charge, chargee, assistant, assistante, fin d etudes, cesure, bac, ete, hiver, automne, printemps, janvier, fevrier, septembre, octobre, juin, juillet, cegep, presso, ambito, sviluppator*, informatica, informatique, bedrijf, ontwikkelaar"),
        (
            NOT_FOR_INTERNS,
            "intern conversion, interns conversion, internship conversion, intern to fte, intern to full time, converted intern, converting intern, conversion intern, intern convert, apprentice conversion, coop conversion, return offer only, former intern, former interns, previous intern,
             previous interns, past interns, prior intern, prior interns, intern return offer, ex intern, current interns, current intern conversion, intern hires, intern alumni, internship alumni, post internship, post intern,
             non intern, not an internship, interns and graduates team, intern coordinator, internship coordinator, internship recruiter, intern recruiter, internship recruiting, intern recruiting, intern recruitment, internship advisor,
             internship supervisor, intern supervisor, internship specialist, coop coordinator, coop advisor, coop specialist, coop recruiter, coop supervisor, thesis advisor, internships manager, coop office, food coop, housing coop, coop bank, coop store, coop manager, grocery coop,
             praktikumsbetreu*, praktikumskoordinat*, praktikumsleit*, praktikantenbetreu*, praktikantenkoordinat*, werkstudentenbetreu*, werkstudentenkoordinat*, studentische angelegenheiten, stagebegeleid*, stagecoordinat*, stagiairbegeleid*, buenas practicas, mejores practicas, boas praticas, practica clinica, practica privada, practica juridica, estagio inicial, estagio avancado, en fase inicial,
             interne verkoop, intern kontroll*, intern kommunikation, intern kommunikasjon, intern revision, intern revisor, intern revisjon, intern logistik, intern salg, intern saljare, intern kontrol",
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
        | \ (?:internships?|interns?|coop|apprenticeships?|working\ student)\ (?:and\ \w+\ )?(?:programs?|programmes?|recruiting|recruitment|hiring)\ (?:manager|director|lead|leader|coordinator|recruiter|specialist|supervisor|administrator|partner|associate|advisor)\b
        | \ (?:recruiters?|managers?|director|head|coordinator|lead)(?:\ \|)+\ (?:university\ |global\ |campus\ )?(?:internships|interns|coops|apprenticeships)\ 
        | \ internships?\ (?:and\ )?(?:career|careers|student|campus|alumni|employer)\ (?:\w+\ ){0,2}(?:coordinator|manager|director|advisor|specialist|officer)\b",
    )
    .expect("the pattern is constant")
});

/// Those who look after interns in other languages: `Maître de stage`, `Coordinador de prácticas`, `Leiter Ausbildung`; and what
/// asks for an apprenticeship that is over: `mit abgeschlossener Ausbildung`.
static LOOKS_AFTER_ABROAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \ (?:maitre|tuteur|tutrice|tutora?|responsable|coordinat\w*|coordonnat\w*|coordinador\w*|coordenador\w*|gestor\w*|gestionnaire|supervisor\w*|orientador\w*|profesor\w*|professor\w*|docente|encargad\w*|referent\w*|conseill\w*|animat\w*|monitor\w*)\ (?:de|des|del|do|dos|di|dei|d|les)\ (?:la\ |las\ |los\ |programas?\ de\ )?(?:stages?|stagiaires|stagisti|practicas|practicantes|pasantias|estagios?|estagiarios|tirocini|tirocinio|alternances?|alternants|apprentis|becarios|becas)\ 
        | \ (?:maitre|tuteur|tutrice)\ (?:alternance|stage|apprentissage)\ 
        | \ (?:leiter\w*|leitung|referent\w*|koordinator\w*|betreuer\w*|verantwortlich\w*|mentor\w*|sachbearbeit\w*|spezialist\w*|manager\w*|dozent\w*|lehrkraft\w*|abgeschlossene\w*|trainer\w*)\ (?:m\ w\ d\ )?(?:der\ |die\ |fur\ |von\ |in\ der\ )*(?:(?:berufs|it\ )?ausbildung|praktikanten|praktika|werkstudenten|auszubildende\w*)\ ",
    )
    .expect("the pattern is constant")
});

/// A term with its year and a length of whole terms is how co-op programmes name their posts: `Winter 2027, 4 months`.
static TERM_AND_MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r" (?:(?:winter|spring|summer|fall|autumn|hiver|ete|automne|printemps) 20\d\d|20\d\d (?:winter|spring|summer|fall|autumn|hiver|ete|automne|printemps)) .*\b(?:4|8|12|16)(?: (?:to|a|or|ou) (?:8|12|16)| (?:8|12|16))? (?:months?|mois) ",
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
    if is_denied(words, cues) {
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
        || words.plain.contains(" student")
            && (STUDENT_PART.is_match(&words.parted) || STUDENT_FIRST.is_match(&words.plain)))
        && !cues.has(NOT_STUDENT)
        && !SENIOR.is_match(&words.plain)
    {
        return true;
    }
    cues.has(PLACEMENT) && PLACEMENT_PART.is_match(&words.parted)
        || words.plain.contains(" mo") && TERM_AND_MONTHS.is_match(&words.plain)
}

fn is_denied(words: &TitleWords, cues: Cues) -> bool {
    // The patterns all need a word of these sets, without which they need not run.
    cues.has(NOT_FOR_INTERNS)
        || cues.any(&[INTERN, APPRENTICE]) && LOOKS_AFTER.is_match(&words.parted)
        || cues.any(&[INTERN, STAGE, APPRENTICE]) && LOOKS_AFTER_ABROAD.is_match(&words.plain)
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
    is_denied(words, PHRASES.find(&words.plain))
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
