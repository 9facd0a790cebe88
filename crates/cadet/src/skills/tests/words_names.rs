//! Technologies that share their name with people, places and employers.

use super::{is_in, is_not_in};

#[test]
fn julia_and_ruby_are_languages_and_not_people() {
    is_in(
        "julia",
        &[
            "Python, R or Julia",
            "experience in Julia",
            "the Julia language",
        ],
    );
    is_not_in(
        "julia",
        &[
            "Contact Julia for questions.",
            "Julia will meet you.",
            "Julia Smith, Python lead",
            "Ask Julia about it",
        ],
    );
    is_in(
        "ruby",
        &[
            "Ruby developer",
            "We use Ruby.",
            "Python, Ruby",
            "python and ruby",
        ],
    );
    is_not_in(
        "ruby",
        &[
            "Contact Ruby in our office",
            "Ruby will interview you.",
            "a ruby ring",
            "Email Ruby",
        ],
    );
    is_in("rails", &["Ruby on Rails", "Rails and React"]);
}

#[test]
fn phoenix_is_the_framework_and_not_the_city() {
    is_in(
        "phoenix",
        &[
            "Elixir and Phoenix",
            "Phoenix LiveView",
            "Phoenix Framework",
        ],
    );
    is_not_in(
        "phoenix",
        &[
            "Phoenix, AZ",
            "Java developer in Phoenix",
            "Phoenix, Arizona",
            "University of Phoenix",
        ],
    );
}

#[test]
fn oracle_is_the_database_and_not_the_employer() {
    is_in(
        "oracle-database",
        &[
            "MySQL or Oracle",
            "Oracle SQL",
            "Oracle Database 19c",
            "experience with Oracle",
            "Postgres, Oracle, MySQL",
        ],
    );
    is_not_in(
        "oracle-database",
        &[
            "Oracle is hiring.",
            "Join Oracle today",
            "Life at Oracle",
            "Oracle offers benefits",
            "Oracle employees use SQL",
        ],
    );
}

#[test]
fn makers_are_not_their_products() {
    is_in("snowflake", &["dbt and Snowflake", "We load Snowflake."]);
    is_not_in(
        "snowflake",
        &[
            "Snowflake is hiring",
            "Join Snowflake",
            "a special snowflake",
        ],
    );
    is_in(
        "databricks",
        &["Azure Databricks", "We use Databricks with Spark."],
    );
    is_not_in(
        "databricks",
        &[
            "Careers at Databricks",
            "Databricks is an equal opportunity employer",
        ],
    );
    is_in("elasticsearch", &["Elasticsearch", "Kibana and Elastic"]);
    is_not_in(
        "elasticsearch",
        &["Join Elastic", "elastic waistband", "Elastic load balancer"],
    );
}

#[test]
fn sap_and_abap_are_found_in_capitals() {
    is_in(
        "sap",
        &["Experience with SAP", "SAP S/4HANA", "our SAP systems"],
    );
    is_not_in("sap", &["tree sap", "Join SAP", "Careers at SAP"]);
    is_in("abap", &["ABAP", "SAP ABAP", "abap development"]);
}

#[test]
fn azure_is_the_cloud_and_not_the_colour() {
    is_in(
        "azure",
        &["AWS or Azure", "Microsoft Azure", "aws, azure, gcp"],
    );
    is_not_in(
        "azure",
        &["the azure sky", "Côte d'Azur", "Azure Sea views"],
    );
}

#[test]
fn kafka_is_the_log_and_not_the_writer() {
    is_in("kafka", &["Kafka", "kafka and spark", "Apache Kafka"]);
    is_not_in(
        "kafka",
        &["Franz Kafka", "Kafkaesque processes", "a novel by Kafka"],
    );
}

#[test]
fn spoken_languages_are_found_and_nationalities_are_not() {
    is_in(
        "german",
        &[
            "Fluent in German",
            "German and English skills",
            "English or German",
            "Deutschkenntnisse",
            "Deutsch- und Englischkenntnisse",
        ],
    );
    is_not_in("german", &["our German customers", "a German company"]);
    is_in("polish", &["English and Polish", "native Polish"]);
    is_not_in("polish", &["Polish your code", "add Polish to the product"]);
}
