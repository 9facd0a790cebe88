//! Names for generated postings: places, employers, titles and skills.

use crate::random::Random;
use crate::vocabulary::syllables;

/// City, region (empty outside of countries that write it), country's name, ISO 3166-1 code.
pub type Place = (&'static str, &'static str, &'static str, &'static str);

/// Cities with many openings first.
pub const PLACES: [Place; 60] = [
    ("San Francisco", "CA", "United States", "US"),
    ("New York", "NY", "United States", "US"),
    ("Seattle", "WA", "United States", "US"),
    ("London", "", "United Kingdom", "GB"),
    ("Berlin", "", "Germany", "DE"),
    ("Toronto", "ON", "Canada", "CA"),
    ("Austin", "TX", "United States", "US"),
    ("Bengaluru", "", "India", "IN"),
    ("Paris", "", "France", "FR"),
    ("Boston", "MA", "United States", "US"),
    ("Amsterdam", "", "Netherlands", "NL"),
    ("Dublin", "", "Ireland", "IE"),
    ("Munich", "", "Germany", "DE"),
    ("Chicago", "IL", "United States", "US"),
    ("Singapore", "", "Singapore", "SG"),
    ("Warsaw", "", "Poland", "PL"),
    ("Vancouver", "BC", "Canada", "CA"),
    ("Stockholm", "", "Sweden", "SE"),
    ("Madrid", "", "Spain", "ES"),
    ("Zurich", "", "Switzerland", "CH"),
    ("Los Angeles", "CA", "United States", "US"),
    ("Barcelona", "", "Spain", "ES"),
    ("Tel Aviv", "", "Israel", "IL"),
    ("Sydney", "NSW", "Australia", "AU"),
    ("Hamburg", "", "Germany", "DE"),
    ("Denver", "CO", "United States", "US"),
    ("Lisbon", "", "Portugal", "PT"),
    ("Copenhagen", "", "Denmark", "DK"),
    ("Atlanta", "GA", "United States", "US"),
    ("Tokyo", "", "Japan", "JP"),
    ("Krakow", "", "Poland", "PL"),
    ("Montreal", "QC", "Canada", "CA"),
    ("Hyderabad", "", "India", "IN"),
    ("Vienna", "", "Austria", "AT"),
    ("Milan", "", "Italy", "IT"),
    ("Manchester", "", "United Kingdom", "GB"),
    ("Washington", "DC", "United States", "US"),
    ("Oslo", "", "Norway", "NO"),
    ("Helsinki", "", "Finland", "FI"),
    ("Prague", "", "Czechia", "CZ"),
    ("Bucharest", "", "Romania", "RO"),
    ("Melbourne", "VIC", "Australia", "AU"),
    ("Sao Paulo", "", "Brazil", "BR"),
    ("Mexico City", "", "Mexico", "MX"),
    ("Edinburgh", "", "United Kingdom", "GB"),
    ("Cologne", "", "Germany", "DE"),
    ("Lyon", "", "France", "FR"),
    ("Tallinn", "", "Estonia", "EE"),
    ("Pune", "", "India", "IN"),
    ("San Diego", "CA", "United States", "US"),
    ("Portland", "OR", "United States", "US"),
    ("Pittsburgh", "PA", "United States", "US"),
    ("Raleigh", "NC", "United States", "US"),
    ("Utrecht", "", "Netherlands", "NL"),
    ("Gothenburg", "", "Sweden", "SE"),
    ("Brussels", "", "Belgium", "BE"),
    ("Athens", "", "Greece", "GR"),
    ("Budapest", "", "Hungary", "HU"),
    ("Seoul", "", "South Korea", "KR"),
    ("Buenos Aires", "", "Argentina", "AR"),
];

/// Skills as postings write them, the most asked for first.
pub const SKILLS: [&str; 60] = [
    "Python",
    "Java",
    "SQL",
    "AWS",
    "Docker",
    "Kubernetes",
    "JavaScript",
    "PostgreSQL",
    "Git",
    "TypeScript",
    "Linux",
    "REST APIs",
    "Go",
    "C++",
    "React",
    "Node.js",
    "Kafka",
    "Redis",
    "Spring Boot",
    "MongoDB",
    "CI/CD",
    "MySQL",
    "C#",
    "Terraform",
    "GraphQL",
    "microservices",
    "GCP",
    "Azure",
    "Django",
    "gRPC",
    "Rust",
    "Kotlin",
    "Elasticsearch",
    "RabbitMQ",
    "Jenkins",
    "FastAPI",
    "Flask",
    "Ruby on Rails",
    "Spark",
    "Airflow",
    "Prometheus",
    "Grafana",
    "Scala",
    "Cassandra",
    "DynamoDB",
    "PHP",
    "Laravel",
    ".NET",
    "Snowflake",
    "Ansible",
    "Hibernate",
    "OAuth",
    "Protobuf",
    "Elixir",
    "NestJS",
    "Express",
    "Celery",
    "ClickHouse",
    "OpenTelemetry",
    "Pulsar",
];

/// Areas of work as titles name them, the most common first.
const AREAS: [&str; 16] = [
    "Software",
    "Backend",
    "Software",
    "Full Stack",
    "Data",
    "Platform",
    "Frontend",
    "Infrastructure",
    "Machine Learning",
    "Security",
    "Cloud",
    "Mobile",
    "Site Reliability",
    "API",
    "Payments",
    "Search",
];

/// An employer's name, and the name of its board.
pub fn employer(random: &mut Random, number: usize) -> (String, String) {
    const KINDS: [&str; 14] = [
        "",
        "",
        "",
        " Systems",
        " Labs",
        " Technologies",
        " Software",
        " Health",
        " Bank",
        " Energy",
        " Mobility",
        " Cloud",
        " Robotics",
        " Group",
    ];
    let name = syllables(random);
    let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let board = format!("{}{number}", name.to_lowercase());
    (format!("{name}{}", random.pick(&KINDS)), board)
}

/// A title, and whether it is an internship's.
pub fn title(random: &mut Random, term: &str) -> (String, bool) {
    let area = random.pick(&AREAS);
    if !random.chance(35) {
        const LEVELS: [&str; 8] = [
            "",
            "",
            "Junior ",
            "Senior ",
            "Senior ",
            "Staff ",
            "Lead ",
            "Principal ",
        ];
        const ROLES: [&str; 4] = ["Engineer", "Developer", "Engineer", "Engineering Manager"];
        return (
            format!("{}{area} {}", random.pick(&LEVELS), random.pick(&ROLES)),
            false,
        );
    }
    let title = match random.below(6) {
        0 => format!("{area} Engineering Intern"),
        1 => format!("{area} Engineer Intern - {term}"),
        2 => format!("{area} Developer Internship ({term})"),
        3 => format!("Intern, {area} Engineering"),
        4 => format!("{term} {area} Engineering Internship"),
        _ => format!("Working Student {area} Development (m/f/d)"),
    };
    (title, true)
}
