//! Technologies that are named with everyday words.

use super::{is_in, is_not_in};

#[test]
fn spring_is_the_framework_and_not_the_season() {
    is_in(
        "spring",
        &[
            "Java and Spring",
            "Experience with Spring",
            "Spring Framework",
            "Hibernate, Spring, Maven",
            "java, spring, kafka",
            "Spring developer",
        ],
    );
    is_in(
        "spring-boot",
        &["Spring Boot", "spring-boot", "SpringBoot 3"],
    );
    is_not_in(
        "spring",
        &[
            "Spring 2026 internship",
            "Spring internship for Java developers",
            "Java internship, Spring 2027",
            "Available in Spring",
            "Fall, Spring or Summer",
            "Spring into your career",
            "Graduating this Spring with Java knowledge",
            "Spring semester",
        ],
    );
}

#[test]
fn swift_is_the_language_and_not_the_adjective() {
    is_in(
        "swift",
        &[
            "Kotlin or Swift",
            "We use Swift for iOS",
            "Swift developer",
            "SwiftUI",
        ],
    );
    is_not_in(
        "swift",
        &[
            "Swift action is needed.",
            "a swift response",
            "Taylor Swift",
            "Be swift.",
            "Swift and fair.",
        ],
    );
}

#[test]
fn rust_is_the_language_and_not_corrosion() {
    is_in(
        "rust",
        &[
            "We love Rust.",
            "Rust, Go",
            "go, rust and c++",
            "written in rust",
            "Rust engineer",
        ],
    );
    is_not_in(
        "rust",
        &[
            "Offices across the Rust Belt",
            "Rust-proof coating",
            "Rust removal",
            "no rust here",
            "trust",
        ],
    );
}

#[test]
fn express_is_the_framework_and_not_the_verb() {
    is_in(
        "express",
        &[
            "Node.js and Express",
            "Express.js",
            "experience with Express",
            "node, express, mongodb",
        ],
    );
    is_not_in(
        "express",
        &[
            "American Express",
            "Express your ideas.",
            "Express interest in Java",
            "to express yourself in Java",
        ],
    );
}

#[test]
fn flask_is_the_framework_and_not_glassware() {
    is_in(
        "flask",
        &[
            "Django or Flask",
            "Python (Flask)",
            "We use Flask.",
            "python, flask, sql",
        ],
    );
    is_not_in(
        "flask",
        &[
            "an Erlenmeyer flask",
            "Bring a flask.",
            "Flask of coffee included",
        ],
    );
}

#[test]
fn elixir_crystal_and_dart_are_languages_in_context() {
    is_in(
        "elixir",
        &["Elixir and Erlang", "We run Elixir.", "elixir, python"],
    );
    is_not_in("elixir", &["an Elixir of life", "magic elixir"]);
    is_in("crystal", &["Ruby or Crystal", "Crystal lang"]);
    is_not_in(
        "crystal",
        &["Crystal clear goals", "Crystal Palace", "crystal ball"],
    );
    is_in("dart", &["Flutter and Dart", "Dart developer"]);
    is_not_in(
        "dart",
        &["Dart board in the office", "DART mission", "dart"],
    );
}

#[test]
fn chef_puppet_and_salt_are_tools_and_not_the_kitchen() {
    is_in(
        "chef",
        &[
            "Chef, Puppet or Ansible",
            "experience with Chef",
            "Terraform, Chef",
        ],
    );
    is_not_in(
        "chef",
        &[
            "Lunch by our Chef",
            "Head Chef wanted",
            "Chef de projet Java",
            "chef",
        ],
    );
    is_in("puppet", &["Ansible or Puppet", "Puppet Enterprise"]);
    is_not_in("puppet", &["a puppet show", "Puppet theatre"]);
    is_in("salt", &["Ansible, Puppet, Salt", "SaltStack"]);
    is_not_in(
        "salt",
        &[
            "Salt Lake City",
            "a grain of Salt",
            "Salt and hash passwords",
            "salt",
        ],
    );
}

#[test]
fn node_is_the_runtime_and_not_a_machine() {
    is_in(
        "nodejs",
        &[
            "Node.js",
            "NodeJS",
            "React, Node, MongoDB",
            "node js",
            "Node and TypeScript",
            "Node.js/Express",
        ],
    );
    is_not_in(
        "nodejs",
        &[
            "a worker Node",
            "each node of the cluster",
            "Node pool",
            "node failure",
        ],
    );
}

#[test]
fn storm_hive_pig_and_beam_are_big_data_in_company() {
    is_in("storm", &["Kafka and Storm", "Apache Storm"]);
    is_not_in(
        "storm",
        &[
            "a storm of ideas",
            "Storm water systems",
            "the perfect Storm",
        ],
    );
    is_in("hive", &["Hadoop, Hive and Pig", "Apache Hive"]);
    is_not_in("hive", &["a hive of activity", "Hive mind"]);
    is_in("pig", &["Hadoop, Hive and Pig"]);
    is_not_in("pig", &["guinea pig", "Pig farm software"]);
    is_in("beam", &["Apache Beam", "Flink or Beam"]);
    is_not_in(
        "beam",
        &["a laser beam", "Steel Beam design", "Beam with pride"],
    );
}

#[test]
fn spark_is_the_engine_and_not_joy() {
    is_in(
        "apache-spark",
        &[
            "Apache Spark",
            "We use Spark.",
            "hadoop, spark, kafka",
            "PySpark",
            "Experience in Spark",
        ],
    );
    is_not_in(
        "apache-spark",
        &[
            "Spark joy",
            "Spark your curiosity",
            "the spark of innovation",
            "Ideas that spark change",
        ],
    );
}

#[test]
fn lambda_airflow_and_flow_are_told_apart() {
    is_in(
        "aws-lambda",
        &["AWS Lambda", "S3, Lambda and DynamoDB", "EC2, Lambda"],
    );
    is_not_in(
        "aws-lambda",
        &[
            "Lambda expressions in Java",
            "the Lambda calculus",
            "Lambda School",
        ],
    );
    is_in(
        "airflow",
        &["Apache Airflow", "We use Airflow.", "dbt, airflow, spark"],
    );
    is_not_in(
        "airflow",
        &["the airflow over a wing", "Airflow simulation"],
    );
    is_in("flow", &["React with Flow", "TypeScript or Flow"]);
    is_not_in(
        "flow",
        &[
            "Flow is a great state.",
            "cash Flow",
            "the Flow of JavaScript events",
            "workflow",
        ],
    );
}

#[test]
fn unity_and_ionic_are_frameworks_in_company() {
    is_in("unity", &["Unity and C#", "Unity3D", "Unreal or Unity"]);
    is_not_in("unity", &["Unity of purpose", "in Unity we trust", "unity"]);
    is_in("ionic", &["Angular and Ionic", "Ionic Framework"]);
    is_not_in("ionic", &["Ionic liquids", "an ionic bond"]);
}

#[test]
fn scala_is_not_scalable_nor_java_javascript() {
    is_in("scala", &["Scala", "scala, java"]);
    is_not_in("scala", &["scalable systems", "La Scalable"]);
    is_not_in("java", &["JavaScript", "javascript", "Javadoc"]);
}
