//! Words by which a text is known as a title, an organisation, a school, a degree or a way of working, in several languages.

use crate::dates::fold;

/// Words of titles. English ones stand as whole words; those of languages that join words also end longer ones.
const TITLES: &str = "engineer developer programmer intern internship trainee apprentice analyst architect manager director lead head officer president \
founder cofounder co-founder ceo cto coo cfo vp consultant designer administrator admin specialist coordinator assistant associate scientist researcher \
fellow professor lecturer teacher tutor instructor mentor coach technician supervisor representative agent clerk cashier barista waiter waitress \
chef cook nurse driver writer editor curator composer musician artist producer strategist planner advisor adviser counselor counsellor docent volunteer \
member chair chairman chairperson secretary treasurer ambassador facilitator organizer organiser contributor maintainer owner principal accountant auditor buyer \
recruiter receptionist operator tester qa sre devops freelancer contractor salesperson seller marketer copywriter translator interpreter \
lawyer attorney paralegal pharmacist physician doctor librarian photographer host hostess guard lifeguard babysitter nanny captain peer student \
controller broker banker trader actuary economist statistician mathematician chemist biologist physicist electrician mechanic machinist welder carpenter \
superintendent inspector surveyor evangelist advocate educator trainer caretaker caregiver grader invigilator proctor server bartender merchandiser \
ingenieur ingenieurin entwickler entwicklerin praktikant praktikantin praktikum werkstudent werkstudentin auszubildender auszubildende leiter leiterin \
berater beraterin assistent assistentin assistenz mitarbeiter mitarbeiterin hilfskraft kaufmann kauffrau lehrer lehrerin techniker technikerin verkaufer \
verkauferin kellner kellnerin aushilfe geschaftsfuhrer sachbearbeiter fachinformatiker informatiker informatikerin dozent tutorin referent freiwilliger \
ingenieure developpeur developpeuse stagiaire alternant alternante apprenti apprentie chef responsable directeur directrice analyste vendeur vendeuse \
serveur serveuse technicien technicienne enseignant enseignante professeur benevole concepteur conceptrice charge chargee gestionnaire animateur \
ingeniero ingeniera desarrollador desarrolladora programador programadora becario becaria practicante pasante analista gerente jefe jefa consultor consultora \
asistente profesor profesora tecnico tecnica disenador disenadora coordinador coordinadora auxiliar voluntario voluntaria camarero camarera dependiente \
engenheiro engenheira desenvolvedor desenvolvedora estagiario estagiaria diretor diretora assistente professora coordenador coordenadora monitor \
ingegnere sviluppatore sviluppatrice tirocinante stagista programmatore responsabile impiegato impiegata consulente insegnante docente \
ontwikkelaar stagiair medewerker docent programista inzynier stazysta praktykant analityk kierownik utvecklare ingenjor praktikant utvikler \
разработчик инженер стажер стажёр программист менеджер аналитик преподаватель";

/// Beginnings and endings of titles in scripts without spaces.
const CJK_TITLES: &str = "エンジニア インターン プログラマ 開発者 担当 マネージャー アルバイト 工程师 实习生 开发 经理 程序员 分析师 主管 助理 엔지니어 개발자 인턴";

/// Words of organisations.
const ORGANISATIONS: &str = "inc llc llp ltd limited corp corporation co company gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ab oy as aps plc pty group holdings holding labs lab \
laboratory laboratories systems technologies technology solutions services consulting partners bank hospital clinic agency studio studios media networks \
ventures capital foundation association society club center centre museum gallery ensemble opera theatre theater ministry council government restaurant cafe \
hotel store stores supermarket industries enterprises associates international logistics freight helpdesk financial insurance airlines motors pharma energy \
telecom consultants federation committee chapter verein stiftung gesellschaft werke versicherung behorde amt stadt gemeinde association mairie ministere \
ayuntamiento fundacion asociacion prefeitura fundacao associacao comune associazione fondazione stichting circle orchestra choir library church freelance self-employed selbstandig independant autonomo \
株式会社 有限会社 公司 集团 주식회사";

/// Words of schools.
const SCHOOLS: &str = "university college institute school academy polytechnic conservatory seminary universitat universitaet hochschule fachhochschule \
gymnasium institut schule berufsschule akademie duale universite ecole lycee iut faculte universidad instituto colegio escuela politecnica facultad \
universidade escola faculdade politecnico universita liceo scuola universiteit hogeschool uniwersytet politechnika liceum szkola universitet hogskola \
hogskolan tekniska skola gymnasieskola univ uni mit eth epfl insa caltech ucla nyu университет институт школа academies education assembly bootcamp \
kolleg oberschule realschule gesamtschule";
/// The same in scripts without spaces.
const CJK_SCHOOLS: &str = "大学 大學 学院 高校 高等学校 学校 대학교 고등학교";

/// Words of degrees and courses of study.
const DEGREES: &str = "bachelor bachelors master masters doctor doctorate doctoral associate diploma certificate degree minor major phd dphil mba bsc msc ba ma bs ms be me beng meng \
btech mtech bba bcom mcom bca mca bfa mfa llb llm md jd edd aa aas ged hnd gcse alevels baccalaureate undergraduate postgraduate graduate program programme \
bootcamp immersive apprenticeship specialization nanodegree study diplom abitur fachabitur ausbildung magister staatsexamen promotion umschulung bakkalaureat \
licence maitrise doctorat baccalaureat bac bts dut but cycle grado licenciatura maestria doctorado bachillerato ingenieria titulo tecnico curso grau mestrado \
doutoramento doutorado bacharelado graduacao laurea dottorato maturita diploma licencjat inzynier kandidat kandidatexamen civilingenjor hogskoleexamen \
бакалавр магистр специалист";

/// Words that say how somebody works and are neither a title nor an organisation.
const MODES: &str = "remote hybrid on-site onsite full-time part-time fulltime parttime contract temporary seasonal permanent internship vollzeit teilzeit homeoffice minijob \
cdi cdd temps plein partiel remoto presencial hibrido";

/// Words of places within an organisation.
const DEPARTMENTS: &str = "team platform backend frontend infrastructure payments data mobile growth division department group unit squad tribe r&d research engineering operations \
sales marketing finance security web cloud devops analytics product core internal part-time full-time remote contract internship summer co-op freelance";

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let split = folded.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '&'));
    let words = split.filter(|word| !word.is_empty()).map(str::to_owned);
    words.collect()
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// How much a text looks like a title: 0 not at all.
pub fn title_score(text: &str) -> i32 {
    let words = words_of(text);
    let count = words.len();
    let known = |word: &str| {
        let plural = word.strip_suffix('s').unwrap_or(word);
        // German puts titles together: Softwareentwickler.
        let joined = [
            "entwickler",
            "entwicklerin",
            "ingenieur",
            "ingenieurin",
            "praktikant",
            "praktikantin",
            "student",
            "studentin",
            "leiter",
            "assistent",
            "techniker",
            "verkaufer",
            "informatiker",
            "hilfskraft",
            "kaufmann",
            "utvecklare",
        ];
        is_in(TITLES, word)
            || (plural.len() > 4 && is_in(TITLES, plural))
            || joined
                .iter()
                .any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    };
    let found = words.iter().filter(|word| known(word)).count();
    let cjk = CJK_TITLES.split(' ').any(|word| text.contains(word));
    if found == 0 && !cjk {
        return 0;
    }
    // A title is short; a sentence that holds such a word is none.
    if count > 12 { 1 } else { 3 }
}

/// How much a text looks like an organisation: 0 not at all.
pub fn organisation_score(text: &str) -> i32 {
    let words = words_of(text);
    let known = |word: &String| {
        is_in(ORGANISATIONS, word)
            || (word.len() > 8 && (word.ends_with("gesellschaft") || word.ends_with("werke")))
    };
    let cjk = ["株式会社", "公司", "集团", "주식회사"]
        .iter()
        .any(|word| text.contains(word));
    if cjk || words.iter().any(known) {
        2
    } else {
        i32::from(school_score(text) > 0) * 2
    }
}

/// How much a text looks like a school: 0 not at all.
pub fn school_score(text: &str) -> i32 {
    let words = words_of(text);
    let joined = |word: &String| {
        [
            "hochschule",
            "universitat",
            "schule",
            "gymnasium",
            "universitet",
            "hogskola",
        ]
        .iter()
        .any(|end| word.len() > end.len() && word.ends_with(end))
    };
    let cjk = CJK_SCHOOLS.split(' ').any(|word| text.contains(word));
    if cjk
        || words
            .iter()
            .any(|word| is_in(SCHOOLS, word) || joined(word))
    {
        3
    } else {
        0
    }
}

/// How much a text looks like a degree or a course of study: 0 not at all.
pub fn degree_score(text: &str) -> i32 {
    let plain = text.replace('.', "");
    let words = words_of(&plain);
    let dotted = words_of(text);
    // Two letters that are common words count only as written: `BE`, `Ma`, and not `be`.
    let short = |word: &str| word.len() <= 3 && word.chars().all(|c| c.is_ascii_alphabetic());
    let capital = |word: &str| {
        plain.split(|c: char| !c.is_alphanumeric()).any(|part| {
            fold(part) == word
                && part.chars().next().is_some_and(char::is_uppercase)
                && part.chars().filter(|c| c.is_uppercase()).count() * 2 >= part.len()
        })
    };
    let known = |word: &String| is_in(DEGREES, word) && (!short(word) || capital(word));
    let cjk = ["学士", "修士", "博士", "硕士", "本科", "학사", "석사"]
        .iter()
        .any(|word| text.contains(word));
    let start = words.first().is_some_and(known) || dotted.first().is_some_and(known);
    if start || cjk {
        3
    } else if words.iter().any(known) {
        2
    } else {
        0
    }
}

/// Whether a text only says how somebody works.
pub fn is_mode(text: &str) -> bool {
    let words = words_of(text);
    !words.is_empty() && words.len() <= 3 && words.iter().all(|word| is_in(MODES, word))
}

/// Whether a text names a part of an organisation: all its words do, or it ends in one that says so.
pub fn is_department(text: &str) -> bool {
    let words = words_of(text);
    let units = [
        "team",
        "department",
        "division",
        "unit",
        "squad",
        "tribe",
        "abteilung",
        "equipe",
        "departamento",
    ];
    let ends = words
        .last()
        .is_some_and(|word| units.contains(&word.as_str()));
    !words.is_empty()
        && words.len() <= 4
        && (ends || words.iter().all(|word| is_in(DEPARTMENTS, word)))
}

#[cfg(test)]
mod tests {
    use super::{
        degree_score, is_department, is_mode, organisation_score, school_score, title_score,
    };

    #[test]
    fn titles_organisations_schools_and_degrees_are_known_by_their_words() {
        for text in [
            "Backend Engineering Intern",
            "Softwareentwickler",
            "Développeuse web",
            "Teaching Assistants",
            "バックエンドエンジニア",
        ] {
            assert!(title_score(text) > 0, "{text}");
        }
        for text in ["Tallvik Systems AB", "Nordhamn University", "Müller GmbH"] {
            assert!(
                organisation_score(text) > 0 && title_score(text) == 0,
                "{text}"
            );
        }
        assert!(school_score("Technische Hochschule Lübeck") > 0);
        for text in [
            "B.S. in Computer Science",
            "MEng",
            "BE Computer Science",
            "Licenciatura en Informática",
            "Full-Stack Program",
        ] {
            assert!(degree_score(text) > 0, "{text}");
        }
        assert_eq!(degree_score("to be seen as one"), 0);
        assert!(
            is_mode("Full-time")
                && is_department("Payments Platform")
                && !is_department("Tallvik Systems")
        );
    }
}
