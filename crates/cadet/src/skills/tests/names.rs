//! Spellings: punctuation in names, versions, separators, other languages.

use super::{found, is_in, is_not_in};

#[test]
fn names_with_punctuation_are_whole_words() {
    for (text, expected) in [
        ("C++", "cpp"),
        ("C#", "csharp"),
        (".NET", "dotnet"),
        ("Node.js", "nodejs"),
        ("CI/CD", "ci-cd"),
        ("TCP/IP", "tcp-ip"),
        ("HTTP/2", "http"),
        ("ASP.NET Core", "asp-net"),
        ("PL/SQL", "plsql"),
        ("T-SQL", "tsql"),
        ("Objective-C", "objective-c"),
        ("Vue.js", "vue"),
        ("F#", "fsharp"),
        ("Pub/Sub", "publish-subscribe"),
        ("Socket.IO", "socket-io"),
        ("S/4HANA", "sap"),
    ] {
        let expected = if text == "S/4HANA" {
            "sap-hana"
        } else {
            expected
        };
        assert_eq!(found(text), [expected], "{text}");
        assert_eq!(found(&format!("({text}), ")), [expected], "({text})");
        assert_eq!(
            found(&format!("We use {text}.")),
            [expected],
            "{text} at the end of a sentence"
        );
    }
}

#[test]
fn lists_are_split_at_every_usual_separator() {
    let expected = ["java", "python", "kotlin"];
    for text in [
        "Java, Python, Kotlin",
        "Java/Python/Kotlin",
        "Java | Python | Kotlin",
        "Java; Python; Kotlin",
        "Java & Python & Kotlin",
        "Java+Python+Kotlin",
        "• Java\n• Python\n• Kotlin",
        "Java·Python·Kotlin",
        "Java、Python、Kotlin",
        "java,python,kotlin",
        "JAVA PYTHON KOTLIN",
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn part_of_a_word_or_address_is_no_mention() {
    is_not_in(
        "java",
        &[
            "java.util.List",
            "foo@java.org",
            "https://java.example/",
            "www.java.com",
            "my_java_file",
            "Main.java",
        ],
    );
    is_not_in("sql", &["MySQL", "NoSQL"]);
    is_not_in("dotnet", &["example.net", "internet"]);
    is_in(
        "java",
        &[
            "Linux.Java is used",
            "Java-based",
            "non-Java",
            "Java's",
            "\"Java\"",
            "使用Java开发",
        ],
    );
}

#[test]
fn a_version_glued_to_the_name_belongs_to_it() {
    for text in ["Python3", "Java11", "PHP7.4", "C++17", "Vue3"] {
        assert_eq!(found(text).len(), 1, "{text}");
        let spans = crate::skills::mentions(crate::skills::Taxonomy::bundled(), text);
        assert_eq!(spans[0].end, text.len(), "{text}");
    }
    assert!(found("Java2Kotlin").is_empty());
}

#[test]
fn the_longest_name_wins() {
    assert_eq!(found("Spring Boot"), ["spring-boot"]);
    assert_eq!(found("Google Cloud Platform"), ["gcp"]);
    assert_eq!(found("React Native"), ["react-native"]);
    assert_eq!(found("REST API design"), ["rest-api-design"]);
    assert_eq!(
        found("We use React Nativescript"),
        ["react"],
        "a longer name that ends inside a word hides nothing"
    );
}

#[test]
fn separators_and_wrapped_lines_make_no_difference() {
    is_in(
        "event-driven-architecture",
        &[
            "event driven architecture",
            "Event-Driven-Architecture",
            "event-driven\narchitecture",
            "event  driven\u{a0}architecture",
        ],
    );
    is_in(
        "data-structures",
        &[
            "data-structures",
            "Data Structures",
            "data\nstructures",
            "data structures & algorithms",
        ],
    );
    assert!(
        !found("event\n\ndriven architecture").contains(&"event-driven-architecture".to_owned())
    );
}

#[test]
fn subjects_are_found_in_other_languages() {
    is_in(
        "databases",
        &[
            "Datenbanken",
            "Kenntnisse in Datenbanken",
            "bases de données",
            "bases de datos",
            "bancos de dados",
            "BASES DE DONNÉES",
            "bases de donnees",
        ],
    );
    is_in("algorithms", &["Algorithmen", "algorithmes", "algoritmos"]);
    is_in(
        "operating-systems",
        &[
            "Betriebssysteme",
            "systèmes d'exploitation",
            "systèmes d’exploitation",
            "sistemas operativos",
            "sistemas operacionais",
        ],
    );
    is_in(
        "distributed-systems",
        &[
            "verteilte Systeme",
            "systèmes distribués",
            "sistemas distribuidos",
            "sistemas distribuídos",
        ],
    );
    is_in(
        "computer-networks",
        &[
            "Rechnernetze",
            "réseaux informatiques",
            "redes de computadores",
        ],
    );
    is_in(
        "object-oriented-programming",
        &[
            "objektorientierte Programmierung",
            "programmation orientée objet",
            "programación orientada a objetos",
            "programação orientada a objetos",
        ],
    );
    is_in(
        "teamwork",
        &[
            "Teamfähigkeit",
            "travail en équipe",
            "trabajo en equipo",
            "trabalho em equipe",
        ],
    );
    is_in(
        "software-engineering",
        &[
            "Softwareentwicklung",
            "développement logiciel",
            "desarrollo de software",
            "desenvolvimento de software",
        ],
    );
    is_in(
        "machine-learning",
        &[
            "maschinelles Lernen",
            "apprentissage automatique",
            "aprendizaje automático",
            "aprendizado de máquina",
        ],
    );
}
