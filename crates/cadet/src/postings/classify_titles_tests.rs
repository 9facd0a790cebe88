//! What titles alone say, in many languages: own titles, written as employers write them.

use super::*;

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases, one a line or two")]
fn internships_are_known_in_many_languages() {
    for text in [
        "Backend Engineer Intern",
        "Software Engineering Internship - Winter 2027",
        "Platform Co-Op",
        "Werkstudent:in Backend (m/w/d)",
        "Pflichtpraktikum Softwareentwicklung",
        "Praktikantin IT",
        "Stage - Développeur Java (H/F)",
        "Stagiaire en développement logiciel",
        "Alternance Ingénieur DevOps",
        "Apprenti(e) développeur web",
        "Estágio em Desenvolvimento Backend",
        "Estagiário(a) de Engenharia de Software",
        "Prácticas Desarrollo Backend",
        "Becario/a Programador Java",
        "Pasantía en Ingeniería de Software",
        "Tirocinio Sviluppatore Python",
        "Stagista backend",
        "Stagiair Software Development",
        "Afstudeerstage Data Platform",
        "Praktikant softwareudvikling",
        "Praktikplats backendutvecklare",
        "Ohjelmistokehittäjä, kesäharjoittelija",
        "Staż - programista Java",
        "Praktyki studenckie .NET",
        "Student Worker, IT",
        "Summer Analyst, Technology",
        "12-month Industrial Placement: Software Engineer",
        "Software Apprentice",
        "Duales Studium Informatik",
        "Ausbildung Fachinformatiker Anwendungsentwicklung",
        "Master Thesis: Query Planning",
        "Software Development Student",
        "后端开发实习生",
        "Jovem Aprendiz - TI",
        "Trainee Backend Developer",
        "Manager Intern, Platform",
        "Product Manager Intern",
        // German
        "(Pflicht-)Praktikum Softwareentwicklung Cloud (w/m/d)",
        "Praktikant/in (m/w/d) Software Engineering ab März 2027",
        "Werkstudententätigkeit Backend-Entwicklung",
        "Studentischer Mitarbeiter (m/w/d) Webentwicklung",
        "Masterand:in Software Engineering",
        "Duale:r Student:in Informatik",
        "Auszubildende:r Fachinformatiker für Anwendungsentwicklung (m/w/d)",
        "Azubi Anwendungsentwicklung",
        "Lehrstelle Informatiker/in EFZ Applikationsentwicklung",
        // French
        "Stage de fin d'études - Ingénieur logiciel Java",
        "Développeur backend en alternance",
        "Contrat d'apprentissage - Développeur web",
        "Développeur Python (stage)",
        "[Stage] Développeur Go",
        "Étudiant en génie logiciel - été 2027",
        "Emploi étudiant - développeur web",
        // Spanish
        "Alumno/a en prácticas Desarrollo Web",
        "Beca de prácticas en ingeniería de software",
        "Practicante de Backend",
        "Práctica Profesional Ingeniería Informática",
        "FP Dual - Desarrollo de Aplicaciones Web",
        "Residente profesional - desarrollo de software",
        // Portuguese
        "Estagiária - Engenharia de Dados",
        "Programa de Estágio 2027 - Engenharia de Software",
        "Jovem Aprendiz Administrativo",
        // Italian
        "Stage curriculare Sviluppatore Java",
        "Apprendista programmatore",
        "Sviluppatore .NET in stage",
        // Dutch
        "Meewerkstage Softwareontwikkeling",
        "Afstudeeropdracht: microservices in Go",
        // Polish, Czech, Croatian, Hungarian, Romanian
        "Stażysta / Stażystka - Java Developer",
        "Praktyki letnie: inżynier oprogramowania",
        "Stáž – backend vývojář",
        "Praksa - backend programer",
        "Szoftverfejlesztő gyakornok",
        "Stagiar programator",
        // The North
        "LIA-praktik systemutvecklare .NET",
        "Examensarbete: distribuerade system",
        "Studentermedhjælper til backend-udvikling",
        "Sommerjobb som utvikler",
        "Backend-kehittäjä, kesäharjoittelija",
        // Turkish, Greek, Russian
        "Yazılım Geliştirme Stajyeri",
        "Uzun Dönem Staj - Yazılım",
        "Πρακτική άσκηση - Backend Developer",
        "Стажёр-разработчик Java",
        // Asia
        "バックエンドエンジニア インターン",
        "【サマーインターン】ソフトウェアエンジニア",
        "Java开发实习生",
        "軟體工程師實習生",
        "백엔드 개발자 인턴",
        "Thực tập sinh lập trình viên Backend",
        "Magang Backend Developer",
        // English as it is written
        "Software Engineering Co‑op",
        "Computer Science Co-ops - Fall 2027",
        "Winternship: Software Engineering",
        "Undergraduate Software Engineering Placement 2027",
        "Markets Technology, Software Developer, Winter 2027, 4 Months",
    ] {
        assert!(title(text).internship, "{text}");
    }
}

#[test]
fn what_only_sounds_like_an_internship_is_none() {
    for text in [
        "Internal Tools Engineer",
        "International Sales Lead",
        "Internist",
        "Internet Engineer",
        "Backend Engineer (Intern Conversion)",
        "Internship Program Manager",
        "Manager, University & Internship Recruiting",
        "Head of Internships",
        "Software Engineer, New Grad 2027",
        "Stage Manager",
        "Software Engineer, Early-Stage Startup",
        "Late Stage Ventures Analyst",
        "Student Success Manager",
        "Placement Specialist",
        "Sales Trainee Program",
        "Engineer, Stage Separation",
        "Graduate Software Engineer",
        "Student Loan Analyst",
        "Software Engineer (For 2026 Summer Interns Only)",
        "Coordinator, Student Programs",
        "Practice Lead",
        "Internal Audit Manager",
        "Apprenticeship Manager",
        "Frontend Stage Designer for Growth Stage",
        "Software Engineer II",
        "Ausbildungsleiter (m/w/d) IT",
        "Referent Ausbildung (m/w/d)",
        "Softwareentwickler mit abgeschlossener Ausbildung",
        "Praktikumskoordinator (m/w/d)",
        "Internationaler Produktmanager",
        "Leitung Ausbildung und Personalentwicklung",
        "Responsable des stages et de l'alternance",
        "Maître de stage",
        "Animateur de stages sportifs",
        "Ingénieur Machine Learning / apprentissage automatique",
        "Interne en médecine",
        "Coordinador de prácticas universitarias",
        "Consultor de buenas prácticas",
        "Médico Internista",
        "Auditor Interno",
        "Supervisor de Estágio",
        "Tutor di tirocinio",
        "Stagebegeleider",
        "Intern kommunikation, ansvarig",
        "インターネット広告営業",
        "インターナショナル営業",
        "인터넷 마케팅 매니저",
        "Интернет-маркетолог",
        "Internship & Career Services Coordinator",
        "Program Manager, Internships & Co-ops",
        "University Recruiter - Interns",
        "International Student Office Advisor",
        "Internal Medicine Physician",
        "Placement Officer",
        "Junior Backend Engineer - Temporary for 9 months",
    ] {
        assert!(!title(text).internship, "{text}");
    }
}

#[test]
fn the_back_end_of_a_shop_is_not_backend_work() {
    for shop in [
        "Back End Stocker",
        "Front End Associate",
        "Backend Store Associate (Part-Time)",
    ] {
        assert_eq!(title(shop).backend, BackendGrade::No, "{shop}");
    }
    assert_eq!(
        title("Backend Intern, Retail Platform").backend,
        BackendGrade::Explicit
    );
}

#[test]
fn backend_work_is_graded_by_its_title() {
    use BackendGrade::{Explicit, No, Plausible};
    for (text, expected) in [
        ("Backend Developer Intern", Explicit),
        ("Back-End Engineer", Explicit),
        ("Full Stack Intern", Explicit),
        ("Java Developer", Explicit),
        ("Software Intern (.NET)", Explicit),
        ("Stage développeur back-end", Explicit),
        ("Werkstudent Backendentwicklung", Explicit),
        ("Node.js Developer", Explicit),
        ("Go Engineer", Explicit),
        ("Prácticas desarrollo backend", Explicit),
        ("Front/Back End Developer", Explicit),
        ("Software Engineer Intern (Spring 2027)", Plausible),
        ("Data Engineer", Plausible),
        ("Site Reliability Engineer", Plausible),
        ("Softwareentwickler (m/w/d)", Plausible),
        ("Estágio em Engenharia de Software", Plausible),
        ("Desarrollador de software en prácticas", Plausible),
        ("Fall 2027 Engineering Co-op", Plausible),
        ("Cloud Engineer Intern", Plausible),
        ("Développeur logiciel - alternance", Plausible),
        ("Alternance Ingénieur DevOps", Plausible),
        ("Frontend Engineer Intern", No),
        ("iOS Developer", No),
        ("Embedded Software Intern", No),
        ("QA Automation Engineer", No),
        ("Software Test Engineer", No),
        ("Business Developer", No),
        ("Marketing Intern", No),
        ("Front End Associate, Part Time", No),
        ("ASIC Backend Design Engineer", No),
        ("Product Manager, Software", No),
        ("Civil Infrastructure Engineer", No),
        ("JavaScript UI Developer", No),
        ("Praktikum Marketing", No),
        ("Data Analyst", No),
        ("Backend Operations Manager, Insurance", No),
        ("Software Engineer (Angular/C#)", Plausible),
        ("Python Engineer", Plausible),
        ("Engineering Manager, Backend", No),
        ("Backend Engineer, Customer Success Tools", Explicit),
        ("Database Reliability Engineer", Plausible),
        ("Praktikum Datenbankentwicklung", Plausible),
        ("云计算平台开发实习生", Plausible),
        ("Concepteur de logiciels", Plausible),
        ("Software Asset Management Intern", No),
        ("Estágio em Qualidade de Software", No),
        ("Stage - Gestion de projet cloud", No),
        ("Halbleiter-Backend Praktikum", No),
        ("Inżynier oprogramowania", Plausible),
        ("Vývojář Java", Explicit),
        ("Yazılım Mühendisi", Plausible),
        ("バックエンドエンジニア", Explicit),
        ("フロントエンドエンジニア", No),
        ("SRE / インフラエンジニア", Plausible),
        ("后端开发工程师", Explicit),
        ("前端开发工程师", No),
        ("測試工程師實習", No),
        ("백엔드 개발자", Explicit),
        ("디자인 인턴", No),
        ("Backend-разработчик", Explicit),
        ("Szoftverfejlesztő", Plausible),
    ] {
        assert_eq!(title(text).backend, expected, "{text}");
    }
}

#[test]
fn a_grade_tells_its_reason() {
    use BackendReason::{
        Device, Engineering, Frontend, FullStack, Mobile, NamesBackend, NotSoftware, OtherWork,
        Platform, Quality, ServerTechnology, SoftwareRole,
    };
    for (text, expected) in [
        ("Backend Developer Intern", NamesBackend),
        ("Full Stack Intern", FullStack),
        ("Java Developer", ServerTechnology),
        ("Software Engineer Intern", SoftwareRole),
        ("Data Engineer", Platform),
        ("Fall 2027 Engineering Co-op", Engineering),
        ("Frontend Engineer", Frontend),
        ("iOS Developer", Mobile),
        ("Embedded Software Intern", Device),
        ("Software Test Engineer", Quality),
        ("Marketing Intern", OtherWork),
        ("Gardener", NotSoftware),
    ] {
        assert_eq!(
            backend::judge(&TitleWords::of(text)).reason,
            expected,
            "{text}"
        );
    }
}
