//! The words that invented people are made of.

/// Beginnings and ends of invented names of companies.
pub const COMPANY: (&[&str], &[&str]) = (
    &[
        "Tide", "Harrow", "Sable", "Linden", "Quarz", "Birken", "Ostra", "Velo", "Mirka", "Corvin",
        "Talmo", "Brisk", "Fenwick", "Orrin",
    ],
    &[
        "line Freight",
        "brook Labs",
        "feld Systems",
        "mark Robotics",
        "wald GmbH",
        "lyn Analytics",
        "stead Energy",
        "dale Health",
    ],
);
/// Towns of invented schools.
pub const TOWNS: &[&str] = &[
    "Lindenau",
    "Ostwick",
    "Marnburg",
    "Kelterstadt",
    "Fairholm",
    "Brennau",
    "Talvik",
    "Rosmere",
];
/// First and last names.
pub const NAMES: (&[&str], &[&str]) = (
    &[
        "Ada", "Mika", "Jonas", "Leila", "Tomas", "Ines", "Ravi", "Sofie",
    ],
    &[
        "Quill", "Brandt", "Okafor", "Lindt", "Marlow", "Sato", "Varga", "Ortega",
    ],
);
/// Technologies, each surely one wherever it is named.
pub const SKILLS: &[&str] = &[
    "Java",
    "Python",
    "TypeScript",
    "Kotlin",
    "PostgreSQL",
    "MySQL",
    "MongoDB",
    "Redis",
    "Kafka",
    "RabbitMQ",
    "Docker",
    "Kubernetes",
    "Spring Boot",
    "Django",
    "FastAPI",
    "Node.js",
    "GraphQL",
    "Terraform",
    "Jenkins",
    "Elasticsearch",
    "C++",
    "C#",
    "PHP",
    "Scala",
];
/// Technologies whose names are near another's.
pub const NEAR: &[(&str, &str)] = &[
    ("Java", "JavaScript"),
    ("MySQL", "NoSQL"),
    ("C++", "C#"),
    ("C#", "C++"),
    ("TypeScript", "JavaScript"),
    ("Spring Boot", "Spring Cloud"),
    ("PostgreSQL", "MySQL"),
    ("Django", "Flask"),
    ("Redis", "Cassandra"),
    ("Docker", "Podman"),
    ("Node.js", "Deno"),
    ("Kafka", "Pulsar"),
];
/// Months in English and German.
pub const MONTHS: ([&str; 12], [&str; 12]) = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
);
/// Numbers in words from two to twelve.
pub const NUMBERS: ([&str; 11], [&str; 11]) = (
    [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ],
    [
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    ],
);
/// Bullets in English with a rewording that states the same. `S` and `T` are skills, `N` a number from 2 to 12, `M` the same in
/// words, `P` a share, `K` a number in thousands, `D` a year.
pub const BULLETS_EN: &[(&str, &str)] = &[
    (
        "Cut the latency of N S services by P %",
        "Reduced the latency of M services in S by P percent",
    ),
    (
        "Wrote P tests in S for the billing service",
        "Wrote P tests for the billing service, in S",
    ),
    (
        "Moved K,000 records from S to T in N weeks",
        "Moved Kk records from S to T within M weeks",
    ),
    (
        "Built a service in S that answers Kk requests a day",
        "Built a service that answers K,000 requests a day, with S",
    ),
    (
        "Taught M students how to use S",
        "Taught N students the use of S",
    ),
    (
        "Kept a cluster of N machines with S and T running",
        "Kept M machines with S and T running in a cluster",
    ),
    (
        "Found and fixed P faults in the S code of M teams",
        "Fixed P faults in the code of N teams, all in S",
    ),
    (
        "Replaced S by T in D, which saved €K,000 a month",
        "Replaced S by T in D and saved €Kk a month",
    ),
];
/// The same in German.
pub const BULLETS_DE: &[(&str, &str)] = &[
    (
        "Antwortzeit von N Diensten in S um P % gesenkt",
        "Antwortzeit von M Diensten in S um P Prozent gesenkt",
    ),
    (
        "P Tests in S für den Abrechnungsdienst geschrieben",
        "Für den Abrechnungsdienst P Tests geschrieben, in S",
    ),
    (
        "K.000 Datensätze in N Wochen von S nach T übertragen",
        "In M Wochen K.000 Datensätze von S nach T übertragen",
    ),
    (
        "Einen Dienst mit S gebaut, der täglich K.000 Anfragen beantwortet",
        "Mit S einen Dienst gebaut, der täglich K Tsd. Anfragen beantwortet",
    ),
    (
        "M Studierenden den Umgang mit S beigebracht",
        "N Studierenden den Umgang mit S beigebracht",
    ),
];
/// Paragraphs of a letter in the person's own words. `E` an employer, `W` the title held there, `A` and `B` its first and last
/// month, `S` a skill of it, `L` a school, `F` the subject, `G` the month in which it ends, `Q` a skill that the posting asks for.
pub const LETTER_EN: &[&str] = &[
    "I would like to join {company} as {title}. Your team works with Q, which I would like to learn more about.",
    "From A to B I worked at E as W. There I learned to work with S in a team, and I enjoyed it.",
    "One thing that I have done: {bullet.best}. It taught me to measure before I change anything.",
    "I study F at L and expect to finish in G. I would be glad to tell you more in a conversation.",
    "What I like about backend work is that it has to hold when nobody looks. You ask for {skill.best}, and I have worked with it.",
];
/// The same in German.
pub const LETTER_DE: &[&str] = &[
    "Gern möchte ich als {title} bei {company} mitarbeiten. Ihr Team arbeitet mit Q, worüber ich gern mehr lernen möchte.",
    "Von A bis B habe ich bei E als W gearbeitet. Dort habe ich mit S im Team gearbeitet, und das hat mir Freude gemacht.",
    "Ein Beispiel: {bullet.best}. Dabei habe ich gelernt, erst zu messen und dann zu ändern.",
    "Ich studiere F an der L und werde im G fertig. Über ein Gespräch freue ich mich.",
];
