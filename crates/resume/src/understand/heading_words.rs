//! Headings of sections in several languages.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::dates::fold;

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
        industry experience|research|research experience|teaching|teaching experience|job experience|working experience|professional history|career experience|practical experience|\
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

/// Letters and digits only, without spaces: headings are often spaced out, `S K I L L S`.
pub fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

pub fn table() -> &'static HashMap<String, Kind> {
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
