//! Headings in several languages, and the sections that they begin.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Line;
use crate::dates::{self, fold};

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A paragraph about the person.
    Summary,
    /// Ways to reach the person.
    Contact,
    /// Jobs.
    Work,
    /// Unpaid work and activities.
    Volunteer,
    /// Projects.
    Projects,
    /// Schools.
    Education,
    /// Courses.
    Courses,
    /// Skills.
    Skills,
    /// Spoken languages.
    Languages,
    /// Interests.
    Interests,
    /// References.
    References,
    /// Certificates.
    Certificates,
    /// Prizes.
    Awards,
    /// Publications.
    Publications,
    /// The title of the document itself.
    Title,
    /// A heading that is not known.
    Other,
}

/// The headings of each kind, in small letters without accents, separated by bars.
const HEADINGS: [(Kind, &str); 15] = [
    (
        Kind::Summary,
        "summary|profile|about|about me|professional summary|career summary|executive summary|summary of qualifications|\
        objective|career objective|personal statement|personal profile|professional profile|overview|introduction|bio|biography|\
        profil|kurzprofil|uber mich|zusammenfassung|personliches profil|profil professionnel|a propos|a propos de moi|presentation|\
        perfil|perfil profesional|resumen|resumen profesional|sobre mi|acerca de mi|extracto|resumo|resumo profissional|sobre mim|\
        perfil profissional|objetivo|profilo|profilo professionale|sommario|chi sono|profiel|samenvatting|over mij|podsumowanie|o mnie|\
        podsumowanie zawodowe|om mig|sammanfattning|om meg|обо мне|о себе|自己pr|概要|職務要約|个人简介|自我评价|자기소개",
    ),
    (
        Kind::Contact,
        "contact|contacts|contact information|contact details|contact me|get in touch|personal information|personal details|personal data|\
        kontakt|kontaktdaten|personliche daten|angaben zur person|zur person|coordonnees|informations personnelles|contacto|datos personales|\
        informacion personal|contato|contactos|dados pessoais|informacoes pessoais|contatti|dati personali|informazioni personali|\
        contactgegevens|persoonsgegevens|dane osobowe|kontaktuppgifter|контакты|личная информация|連絡先|联系方式|个人信息|연락처|links|\
        profiles|online profiles|social|social media|socials|online presence|find me online",
    ),
    (
        Kind::Work,
        "experience|experiences|work|work experience|professional experience|employment|employment history|employment experience|work history|\
        career|career history|professional background|relevant experience|related experience|internships|internship|internship experience|\
        industry experience|job experience|working experience|professional history|career experience|practical experience|\
        erfahrung|erfahrungen|berufserfahrung|berufliche erfahrung|beruflicher werdegang|werdegang|praktika|praktische erfahrung|\
        praktische erfahrungen|berufspraxis|beruf|berufliche stationen|experience professionnelle|experiences professionnelles|\
        parcours professionnel|stages|emplois|experiencia|experiencia laboral|experiencia profesional|practicas|trayectoria profesional|\
        experiencia profissional|experiencias profissionais|estagios|esperienza|esperienze|esperienza lavorativa|esperienze lavorative|\
        esperienza professionale|esperienze professionali|werkervaring|ervaring|doswiadczenie|doswiadczenie zawodowe|\
        arbetslivserfarenhet|erfarenhet|arbetserfarenhet|arbeidserfaring|erhvervserfaring|опыт работы|опыт|職歴|職務経歴|工作经历|工作经验|\
        实习经历|실무경험|경력|경력사항",
    ),
    (
        Kind::Volunteer,
        "volunteer|volunteering|volunteer experience|volunteer work|volunteer activities|volunteerism|community service|\
        community involvement|community|activities|extracurricular|extracurriculars|extracurricular activities|extra-curricular activities|\
        extracurricular experience|leadership|leadership and activities|leadership and involvement|involvement|campus involvement|\
        on campus involvement|organizations|memberships|affiliations|student organizations|clubs|clubs and organizations|\
        ehrenamt|ehrenamtliches engagement|ehrenamtliche tatigkeiten|engagement|soziales engagement|gesellschaftliches engagement|\
        benevolat|experience associative|vie associative|engagements|voluntariado|actividades|trabajo voluntario|trabalho voluntario|\
        volontariato|vrijwilligerswerk|wolontariat|ideellt arbete|volontararbete|волонтерство|ボランティア|志愿者经历|校园经历|봉사활동",
    ),
    (
        Kind::Projects,
        "projects|project|personal projects|academic projects|side projects|selected projects|key projects|project experience|\
        projects experience|open source|open source contributions|open source projects|portfolio|technical projects|notable projects|\
        software projects|programming projects|course projects|independent projects|hackathons|hackathon projects|\
        projekte|eigene projekte|projekterfahrung|private projekte|projets|projets personnels|proyectos|proyectos personales|projetos|\
        projetos pessoais|progetti|progetti personali|projecten|projekty|projekt|egna projekt|проекты|プロジェクト|项目经历|项目经验|프로젝트",
    ),
    (
        Kind::Education,
        "education|academic background|educational background|academic qualifications|education and training|academics|\
        academic history|schooling|studies|qualifications|educational qualifications|education and qualifications|academic experience|\
        ausbildung|bildung|bildungsweg|studium|akademischer werdegang|schulbildung|schulische ausbildung|akademische ausbildung|bildungsgang|\
        schule|studium und ausbildung|formation|formations|etudes|parcours academique|diplomes|formation academique|scolarite|educacion|\
        formacion|formacion academica|estudios|educacao|formacao|formacao academica|habilitacoes literarias|escolaridade|istruzione|\
        istruzione e formazione|formazione|opleiding|opleidingen|onderwijs|wyksztalcenie|edukacja|utbildning|utdanning|uddannelse|\
        образование|学歴|教育经历|教育背景|학력",
    ),
    (
        Kind::Courses,
        "coursework|relevant coursework|courses|relevant courses|selected coursework|related coursework|key courses|\
        kurse|relevante kurse|cours|cursos|corsi|cursussen|kursy|kurser|курсы|主修课程",
    ),
    (
        Kind::Skills,
        "skills|technical skills|key skills|core skills|top skills|core competencies|competencies|key competencies|technologies|tech stack|\
        technical proficiencies|technical proficiency|expertise|areas of expertise|technical expertise|skills summary|skill set|skillset|\
        hard skills|soft skills|programming skills|computer skills|it skills|digital skills|tools|tools and technologies|\
        languages and technologies|programming languages|programming|proficiencies|software|software skills|professional skills|\
        technical summary|technical knowledge|strengths|abilities|technical skills and tools|other skills|additional skills|\
        kenntnisse|fahigkeiten|it-kenntnisse|edv-kenntnisse|kompetenzen|technische kenntnisse|fachkenntnisse|technische fahigkeiten|\
        kenntnisse und fahigkeiten|besondere kenntnisse|edv|competences|competences techniques|competences informatiques|informatique|logiciels|\
        habilidades|competencias|conocimientos|aptitudes|habilidades tecnicas|competencias tecnicas|informatica|conhecimentos|\
        conhecimentos tecnicos|competenze|competenze tecniche|competenze digitali|competenze informatiche|capacita|vaardigheden|\
        umiejetnosci|kompetenser|fardigheter|kunskaper|ferdigheter|навыки|ключевые навыки|スキル|技能|专业技能|技术栈|기술|보유기술",
    ),
    (
        Kind::Languages,
        "languages|language|language skills|spoken languages|foreign languages|sprachen|sprachkenntnisse|fremdsprachen|langues|\
        competences linguistiques|langues etrangeres|idiomas|linguas|lenguas|lingue|competenze linguistiche|lingue straniere|talen|\
        talenkennis|jezyki|jezyki obce|sprak|sprog|sprakkunskaper|языки|иностранные языки|знание языков|語学|语言能力|언어",
    ),
    (
        Kind::Interests,
        "interests|hobbies|hobbies and interests|interests and hobbies|personal interests|other interests|interessen|hobbys|\
        interessen und hobbys|hobbys und interessen|freizeit|centres d'interet|centres d’interet|centre d'interet|loisirs|intereses|aficiones|interesses|passatempos|\
        interessi|hobby|hobby's|interesses en hobby's|zainteresowania|intressen|fritidsintressen|хобби|интересы|увлечения|趣味|兴趣爱好|취미",
    ),
    (
        Kind::References,
        "references|referees|professional references|recommendations|testimonials|referenzen|references professionnelles|referencias|\
        referenze|referenties|referencje|referenser|рекомендации|추천인",
    ),
    (
        Kind::Certificates,
        "certifications|certificates|certification|certificate|licenses|licenses and certifications|certifications and licenses|\
        courses and certifications|certifications and courses|professional certifications|certifications and training|training and certifications|\
        training|trainings|professional development|continuing education|licenses and certificates|\
        zertifikate|zertifizierungen|weiterbildung|weiterbildungen|fortbildung|fortbildungen|zertifikate und weiterbildungen|\
        certificats|certificaciones|certificados|certificacoes|certificazioni|certificaten|certyfikaty|certifikat|kursy i certyfikaty|\
        сертификаты|資格|证书|资格证书|자격증",
    ),
    (
        Kind::Awards,
        "awards|honors|honours|honors and awards|awards and honors|honours and awards|awards and honours|achievements|accomplishments|key achievements|\
        awards and achievements|achievements and awards|scholarships|scholarships and awards|distinctions|prizes|academic honors|\
        academic achievements|awards and recognition|recognition|awards and scholarships|competitions|auszeichnungen|preise|stipendien|erfolge|\
        auszeichnungen und stipendien|prix|prix et distinctions|recompenses|bourses|premios|logros|reconocimientos|becas|conquistas|\
        premi|riconoscimenti|prijzen|nagrody|osiagniecia|utmarkelser|награды|достижения|受賞|受賞歴|获奖经历|荣誉奖项|수상경력",
    ),
    (
        Kind::Publications,
        "publications|papers|selected publications|research publications|patents|publications and patents|patents and publications|\
        publications and presentations|journal articles|veroffentlichungen|publikationen|publicaciones|publicacoes|pubblicazioni|publicaties|publikacje|\
        publikationer|публикации|論文|发表论文|논문",
    ),
    (
        Kind::Title,
        "resume|curriculum vitae|cv|lebenslauf|curriculo|hoja de vida|履歴書|简历|이력서|zyciorys",
    ),
];

/// Words that may stand before a heading without changing what it says.
const QUALIFIERS: [&str; 20] = [
    "relevant",
    "professional",
    "selected",
    "additional",
    "other",
    "key",
    "core",
    "technical",
    "top",
    "related",
    "my",
    "recent",
    "current",
    "previous",
    "main",
    "general",
    "personal",
    "academic",
    "notable",
    "further",
];

/// A section.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it holds.
    pub kind: Kind,
    /// Its heading as it stands there.
    pub title: String,
    /// Where the heading stands.
    pub at: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Letters and digits only, without spaces: headings are often spaced out, `S K I L L S`.
fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn table() -> &'static HashMap<String, Kind> {
    static TABLE: OnceLock<HashMap<String, Kind>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let each = HEADINGS
            .iter()
            .flat_map(|(kind, names)| names.split('|').map(move |name| (compact(name), *kind)));
        each.collect()
    })
}

/// What a text says as a heading; none when it says nothing known.
pub fn kind_of(text: &str) -> Option<Kind> {
    let text = text.trim().trim_end_matches(':').trim();
    let words = text.split_whitespace().count();
    if text.is_empty() || text.len() > 80 || words > 24 || text.contains('@') {
        return None;
    }
    let key = compact(text);
    if let Some(kind) = table().get(&key) {
        return Some(*kind);
    }
    if words > 7 {
        return None;
    }
    qualified(&key)
        .or_else(|| compound(text))
        .or_else(|| ends(text, words))
}

/// A known heading after words such as "Relevant".
fn qualified(key: &str) -> Option<Kind> {
    let rest = QUALIFIERS.iter().find_map(|word| key.strip_prefix(word))?;
    table().get(rest).copied()
}

/// Several headings in one, such as "Skills & Interests": the first one that is known says it, when most are.
fn compound(text: &str) -> Option<Kind> {
    let folded = fold(text)
        .replace(" and ", "&")
        .replace(" und ", "&")
        .replace(" et ", "&")
        .replace(" y ", "&")
        .replace(" e ", "&");
    let parts: Vec<String> = folded
        .split(['&', '/', ',', '+', '|'])
        .map(compact)
        .filter(|part| !part.is_empty())
        .collect();
    let known: Vec<Kind> = parts
        .iter()
        .filter_map(|part| table().get(part).copied().or_else(|| qualified(part)))
        .collect();
    if parts.len() < 2 || known.is_empty() || known.len() * 2 < parts.len() {
        return None;
    }
    // Skills stand beside many other words and then are what counts.
    let skills = known.contains(&Kind::Skills) && known.len() < parts.len();
    if skills {
        Some(Kind::Skills)
    } else {
        known.first().copied()
    }
}

/// A heading that ends in a word that says it: "Customer Service Experience".
fn ends(text: &str, words: usize) -> Option<Kind> {
    let folded = fold(text);
    let capitals = text
        .split_whitespace()
        .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
        .count()
        <= 1;
    if words > 5
        || !capitals
        || text
            .chars()
            .any(|c| c.is_ascii_digit() || ".;!?,".contains(c))
    {
        return None;
    }
    let last = folded.split_whitespace().next_back()?;
    match last {
        "experience" if folded.contains("volunteer") => Some(Kind::Volunteer),
        "experience" | "berufserfahrung" => Some(Kind::Work),
        "skills" | "kenntnisse" => Some(Kind::Skills),
        "projects" | "projekte" => Some(Kind::Projects),
        "coursework" => Some(Kind::Courses),
        "certifications" => Some(Kind::Certificates),
        "awards" => Some(Kind::Awards),
        "publications" => Some(Kind::Publications),
        _ => None,
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Style {
    size: f32,
    bold: bool,
    upper: bool,
    level: u8,
}

impl Style {
    fn of(line: &Line) -> Self {
        Self {
            size: line.size,
            bold: line.is_bold(),
            upper: line.is_upper(),
            level: line.level,
        }
    }

    fn is_like(self, other: Self) -> bool {
        (self.size - other.size).abs() < 0.4
            && self.bold == other.bold
            && self.upper == other.upper
            && self.level == other.level
    }

    /// Whether it stands out less than another.
    fn is_weaker(self, than: Self) -> bool {
        let level = if than.level > 0 {
            self.level == 0 || self.level > than.level
        } else {
            false
        };
        level
            || self.size < than.size - 0.6
            || (than.bold && !self.bold)
            || (than.upper && !self.upper && self.size <= than.size + 0.6)
    }
}

/// The style that most known headings have.
fn common_style(lines: &[Line], kinds: &[Option<Kind>]) -> Option<Style> {
    let styles: Vec<Style> = lines
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| kind.is_some())
        .map(|(line, _)| Style::of(line))
        .collect();
    let votes = |style: &Style| {
        styles
            .iter()
            .take(100)
            .filter(|other| other.is_like(*style))
            .count()
    };
    styles.iter().take(100).copied().max_by_key(|style| {
        votes(style) * 1000 + usize::from(style.upper) + usize::from(style.bold)
    })
}

/// What a line says as a heading by its words alone.
fn by_words(line: &Line) -> Option<Kind> {
    if line.bullet || line.cells.len() != 1 {
        return None;
    }
    let text = line.text();
    let sentence = text.ends_with('.') || text.ends_with(',') || text.ends_with(';');
    if sentence
        || text
            .split_once(':')
            .is_some_and(|(_, rest)| !rest.trim().is_empty())
    {
        return None;
    }
    let kind = kind_of(&text)?;
    // In running text a lower-case word is no heading.
    let lower = text
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_lowercase);
    (!lower || line.level > 0 || line.is_bold()).then_some(kind)
}

/// Divides lines into those before the first heading, and the sections.
pub fn split(lines: Vec<Line>) -> (Vec<Line>, Vec<Section>) {
    let lines = unrail(lines);
    let mut kinds: Vec<Option<Kind>> = lines.iter().map(by_words).collect();
    if let Some(common) = common_style(&lines, &kinds) {
        let strong = kinds.iter().flatten().count() > 2;
        for (line, kind) in lines.iter().zip(&mut kinds) {
            if strong && kind.is_some() && Style::of(line).is_weaker(common) {
                *kind = None;
            }
        }
        unknown(&lines, &mut kinds, common);
    }
    let mut head = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for (line, kind) in lines.into_iter().zip(kinds) {
        match (kind, sections.last_mut()) {
            // The title of the document above the name is no section.
            (Some(Kind::Title), None) => {}
            (Some(kind), _) => sections.push(Section {
                kind,
                title: line.text().trim_end_matches(':').to_owned(),
                at: line.at,
                lines: Vec::new(),
            }),
            (None, Some(section)) => section.lines.push(line),
            (None, None) => head.push(line),
        }
    }
    (head, sections)
}

/// Marks lines that look like the headings but say nothing known.
fn unknown(lines: &[Line], kinds: &mut [Option<Kind>], common: Style) {
    let Some(first) = kinds.iter().position(Option::is_some) else {
        return;
    };
    let known = kinds.iter().flatten().count();
    let looks = |line: &Line| {
        let text = line.text();
        let words = text.split_whitespace().count();
        let plain =
            !line.bullet && line.cells.len() == 1 && words <= 5 && dates::find(&text).is_none();
        plain
            && Style::of(line).is_like(common)
            && !text
                .chars()
                .any(|c| c.is_ascii_digit() || ",|@".contains(c))
    };
    let alike: Vec<usize> = (first + 1..lines.len())
        .filter(|at| {
            kinds.get(*at).is_some_and(Option::is_none) && lines.get(*at).is_some_and(looks)
        })
        .collect();
    // A look that most heads of entries have as well tells nothing.
    if known < 2 || alike.len() > known || !(common.bold || common.upper || common.level > 0) {
        return;
    }
    for at in alike {
        // What follows a heading at once is the first entry of its section.
        let after_heading = at
            .checked_sub(1)
            .and_then(|before| kinds.get(before))
            .is_some_and(Option::is_some);
        if !after_heading && let Some(kind) = kinds.get_mut(at) {
            *kind = Some(Kind::Other);
        }
    }
}

/// Headings in a rail at the left, beside the first line of their section, become lines of their own.
fn unrail(lines: Vec<Line>) -> Vec<Line> {
    let first_text = |line: &Line| {
        line.cells
            .first()
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    };
    let railed = |line: &Line| line.cells.len() > 1 && line.room.is_finite() && !line.bullet;
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut skip_first = false;
    for (index, line) in lines.iter().enumerate() {
        let mut line = line.clone();
        if skip_first {
            line.cells.remove(0);
            line.left = line.text_left();
            skip_first = false;
            out.push(line);
            continue;
        }
        if railed(&line) {
            let word = first_text(&line);
            let next = lines
                .get(index + 1)
                .filter(|next| railed(next) && (next.left - line.left).abs() < 2.0);
            let two = next.map(|next| format!("{word} {}", first_text(next)));
            let one_known = by_words(&heading_of(&line, word.clone())).is_some();
            let two_known = two
                .as_ref()
                .is_some_and(|two| table().contains_key(&compact(two)));
            if one_known || two_known {
                let title = if one_known {
                    word
                } else {
                    two.unwrap_or_default()
                };
                skip_first = !one_known;
                out.push(heading_of(&line, title));
                line.cells.remove(0);
                line.left = line.text_left();
            }
        }
        out.push(line);
    }
    out
}

fn heading_of(line: &Line, text: String) -> Line {
    let cell = line.cells.first().cloned().unwrap_or_default();
    Line {
        cells: vec![super::Cell { text, ..cell }],
        ..line.clone()
    }
}
