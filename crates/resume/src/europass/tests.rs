//! Europass XML of both kinds, and hostile XML.

use crate::report::Change;
use crate::{ReadError, read};

const PASSPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass">
  <LearnerInfo>
    <Identification>
      <PersonName><FirstName>Mira</FirstName><Surname>Holm</Surname></PersonName>
      <ContactInfo>
        <Address><Contact><AddressLine>Kanalgatan 4</AddressLine><PostalCode>411 03</PostalCode><Municipality>Göteborg</Municipality>
          <Country><Code>SE</Code><Label>Sweden</Label></Country></Contact></Address>
        <Email><Contact>mira.holm@mail.example</Contact></Email>
        <TelephoneList><Telephone><Contact>+46 70 555 01 23</Contact><Use><Code>mobile</Code></Use></Telephone></TelephoneList>
      </ContactInfo>
      <Demographics><Nationality>Swedish</Nationality></Demographics>
    </Identification>
    <WorkExperienceList><WorkExperience>
      <Period><From year="2025" month="--06"/><To year="2025" month="--08" day="---31"/></Period>
      <Position><Label>Backend Engineering Intern</Label></Position>
      <Activities>&lt;p&gt;Tracking &amp;amp; more&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Wrote a REST endpoint&lt;/li&gt;&lt;li&gt;Cut the import&lt;/li&gt;&lt;/ul&gt;</Activities>
      <Employer><Name>Tallvik Systems AB</Name></Employer>
    </WorkExperience></WorkExperienceList>
    <EducationList><Education>
      <Period><From year="2023"/><Current>true</Current></Period>
      <Title>Bachelor of Science in Computer Science</Title>
      <Organisation><Name>Nordhamn University</Name></Organisation>
    </Education></EducationList>
    <Skills><Linguistic>
      <MotherTongueList><MotherTongue><Description><Code>sv</Code><Label>Swedish</Label></Description></MotherTongue></MotherTongueList>
      <ForeignLanguageList><ForeignLanguage><Description><Code>en</Code><Label>English</Label></Description>
        <ProficiencyLevel><Listening>C1</Listening><Reading>C1</Reading><SpokenInteraction>C1</SpokenInteraction><SpokenProduction>C1</SpokenProduction><Writing>C1</Writing></ProficiencyLevel>
      </ForeignLanguage></ForeignLanguageList></Linguistic>
      <Computer><Description>Java, SQL</Description></Computer>
    </Skills>
  </LearnerInfo>
</SkillsPassport>"#;

#[test]
fn a_skills_passport_is_read_and_what_has_no_field_is_kept() {
    let imported = read("cv.xml", PASSPORT.as_bytes()).unwrap();
    let resume = &imported.resume;
    assert_eq!(resume.basics.name, "Mira Holm");
    assert_eq!(resume.basics.location.country_code, "SE");
    assert_eq!(resume.work[0].name, "Tallvik Systems AB");
    assert_eq!(resume.work[0].end_date.unwrap().to_string(), "2025-08-31");
    assert!(
        resume.work[0]
            .summary
            .starts_with("Tracking & more\n• Wrote")
    );
    assert!(
        imported.report.iter().any(|n| n.change == Change::Offered),
        "its bullets are offered"
    );
    assert_eq!(resume.education[0].area, "Computer Science");
    assert_eq!(
        (
            resume.languages[0].fluency.as_str(),
            resume.languages[1].fluency.as_str()
        ),
        ("Native speaker", "C1")
    );
    assert_eq!(resume.skills[0].keywords, ["Java", "SQL"]);
    assert_eq!(resume.extra["europass"][0]["text"], "Swedish");
}

#[test]
fn a_candidate_is_read_by_the_names_of_its_elements() {
    let xml = r#"<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="oa" xmlns:hr="hr" xmlns:eures="eures">
      <CandidatePerson>
        <PersonName><oa:GivenName>Mira</oa:GivenName><hr:FamilyName>Holm</hr:FamilyName></PersonName>
        <Communication><ChannelCode>Email</ChannelCode><oa:URI>mira.holm@mail.example</oa:URI></Communication>
        <Communication><ChannelCode>Telephone</ChannelCode><hr:CountryDialing>46</hr:CountryDialing><oa:DialNumber>705550123</oa:DialNumber></Communication>
        <Communication><UseCode>home</UseCode><Address><oa:CityName>Göteborg</oa:CityName><CountryCode>se</CountryCode></Address></Communication>
      </CandidatePerson>
      <CandidateProfile>
        <ExecutiveSummary>&lt;p&gt;Likes databases&lt;/p&gt;</ExecutiveSummary>
        <EmploymentHistory><EmployerHistory><hr:OrganizationName>Tallvik Systems AB</hr:OrganizationName>
          <PositionHistory><PositionTitle>Intern</PositionTitle>
            <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2025-06-01</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
            <oa:Description>Wrote endpoints</oa:Description><City>Göteborg</City><Country>se</Country></PositionHistory></EmployerHistory></EmploymentHistory>
        <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Nordhamn University</hr:OrganizationName>
          <EducationDegree><hr:DegreeName>Bachelor of Science in Computer Science</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
        <PersonQualifications><PersonCompetency><CompetencyID>swe</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID></PersonCompetency></PersonQualifications>
      </CandidateProfile></Candidate>"#;
    let resume = read("cv.xml", xml.as_bytes()).unwrap().resume;
    assert_eq!(
        (resume.basics.name.as_str(), resume.basics.phone.as_str()),
        ("Mira Holm", "+46 705550123")
    );
    assert_eq!(resume.work[0].start_date.unwrap().to_string(), "2025-06-01");
    assert_eq!(resume.education[0].study_type, "Bachelor of Science");
    assert_eq!(resume.languages[0].language, "Swedish");
    assert_eq!(resume.basics.summary, "Likes databases");
}

#[test]
fn hostile_xml_ends_in_an_error() {
    let deep = "<a>".repeat(100_000);
    assert!(matches!(
        read("x.xml", deep.as_bytes()),
        Err(ReadError::Bomb { .. })
    ));
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><SkillsPassport>&b;</SkillsPassport>"#;
    assert!(read("x.xml", entities.as_bytes()).is_err());
    assert!(matches!(
        read("x.xml", b"<svg></svg>"),
        Err(ReadError::Unsupported { .. })
    ));
    assert!(matches!(
        read("x.xml", b"<a><b></a>"),
        Err(ReadError::Damaged { .. })
    ));
}
