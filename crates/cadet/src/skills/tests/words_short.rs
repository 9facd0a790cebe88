//! Names of a letter or two, and those that are everyday verbs.

use super::{is_in, is_not_in};

#[test]
fn go_is_the_language_and_not_the_verb() {
    is_in(
        "go",
        &[
            "Experience with Go or Python is required.",
            "We write Go, Python or Java.",
            "Backend in Java/Go/C",
            "Golang",
            "Go developer wanted",
            "Our services are written in Go.",
            "python, go, rust",
            "Languages: Go, Kotlin",
            "Kenntnisse in Go oder Java",
            "tags: django go docker",
        ],
    );
    is_not_in(
        "go",
        &[
            "Go to our site to learn more.",
            "You own the go-to-market plan.",
            "We go live every Friday.",
            "Read it on the go.",
            "Ready, set, Go!",
            "Go above and beyond for Java users.",
            "Google is not Go-Ahead Group",
            "You will go far with Java, go deep with SQL.",
            "Visit https://example.com/go/java for Java.",
        ],
    );
}

#[test]
fn c_is_the_language_and_not_a_grade() {
    is_in(
        "c",
        &[
            "Experience in C and C++",
            "Java/Go/C",
            "Programming in C",
            "C, C++ or Rust",
            "embedded C",
            "Python, C",
        ],
    );
    is_not_in(
        "c",
        &[
            "Report to C-level managers.",
            "We closed our Series C.",
            "Present to the C-suite.",
            "Fruit with vitamin C is free.",
            "C++ developer",
            "C# and Java",
            "Objective-C",
            "Building C, second floor",
            "Section C of the form",
            "Plan A, B or C",
        ],
    );
    is_in("cpp", &["C++", "C++17", "modern C++ (20)", "C/C++"]);
    is_in("csharp", &["C#", "C#/.NET", "Java, C# and Go"]);
}

#[test]
fn r_is_the_language_and_not_research() {
    is_in(
        "r",
        &[
            "Python or R",
            "Statistics in R",
            "R, SAS or Stata",
            "R programming",
            "SQL, R, Python",
        ],
    );
    is_not_in(
        "r",
        &[
            "Our R&D team",
            "R & D budget",
            "Toys R Us",
            "HR and R.O.I",
            "Growing R-squared",
        ],
    );
}

#[test]
fn short_acronyms_are_found_in_capitals_only() {
    is_in("artificial-intelligence", &["AI products", "Use of AI"]);
    is_in("ci-cd", &["CI/CD", "CI / CD pipelines", "good CI", "CICD"]);
    is_not_in("artificial-intelligence", &["j'ai un plan", "ai"]);
    is_in("functional-programming", &["OOP and FP"]);
    is_not_in("functional-programming", &["Partner of FP&A"]);
}

#[test]
fn rest_is_the_style_and_not_a_break() {
    is_in(
        "rest",
        &[
            "REST APIs",
            "RESTful services",
            "Java, REST, SQL",
            "Design of REST",
            "rest api",
            "java, rest, sql",
            "API REST",
        ],
    );
    is_not_in(
        "rest",
        &[
            "Take the REST of the day off.",
            "Enough rest for everybody.",
            "We use Java and the rest of the stack.",
            "Rest assured that Java is used.",
            "PLEASE READ THE REST BELOW NOW",
            "The rest is history.",
        ],
    );
}

#[test]
fn access_excel_and_word_are_office_programs_only_in_company() {
    is_in(
        "ms-access",
        &[
            "Excel, Access and Word",
            "Microsoft Access",
            "experience with Access",
        ],
    );
    is_not_in(
        "ms-access",
        &[
            "Access to our gym",
            "SQL access control",
            "You have access to mentors.",
            "Remote Access",
        ],
    );
    is_in(
        "excel",
        &[
            "Good Excel skills",
            "Word and Excel",
            "MS Excel",
            "proficient in Excel",
            "SQL, Excel",
        ],
    );
    is_not_in(
        "excel",
        &[
            "You excel at Java.",
            "Excel in your career.",
            "A place to Excel",
            "We excel, always",
        ],
    );
    is_in("ms-word", &["Word, Excel, Outlook", "Microsoft Word"]);
    is_not_in(
        "ms-word",
        &["In a Word, great.", "Spread the Word", "Word of mouth"],
    );
}

#[test]
fn git_is_not_git_hub() {
    is_in(
        "git",
        &["Git", "git, Docker", "Experience with Git and GitHub"],
    );
    is_not_in("git", &["GitHub", "digital", "legit", "GitLab"]);
    is_in("github", &["GitHub and Jira", "code on GitHub"]);
    is_not_in(
        "github",
        &["Link your GitHub profile", "at GitHub we build"],
    );
}
