//! A text as sentences, each with what it may speak of, found in one pass over the text. The rules for a fact only read
//! the sentences that may speak of it, which is what makes them cheap.

use std::sync::LazyLock;

use memchr::{memchr, memchr3_iter};

use super::triggers::Triggers;
use crate::postings::model::{Fact, Origin};

/// Longest quote, in characters.
pub const MAX_QUOTE_CHARS: usize = 240;
/// Facts stand in the first part of a text; more sentences than this are not looked at.
const MAX_SENTENCES: usize = 2_000;

/// What a sentence may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Topic {
    /// A season or a start.
    Term = 1,
    /// Weeks or months.
    Duration = 1 << 1,
    /// Hours a week.
    Hours = 1 << 2,
    /// Money.
    Pay = 1 << 3,
    /// Studies.
    Degree = 1 << 4,
    /// Graduation.
    Graduation = 1 << 5,
    /// Work authorisation.
    Authorisation = 1 << 6,
    /// Until when to apply.
    Deadline = 1 << 7,
    /// Where the work is done.
    Workplace = 1 << 8,
    /// Backend work by name.
    Backend = 1 << 9,
    /// Frontend work by name.
    Frontend = 1 << 10,
    /// Software of any kind.
    Software = 1 << 11,
    /// That it is an internship.
    Internship = 1 << 12,
    /// That applications are read as they come.
    Rolling = 1 << 13,
    /// That it starts as soon as possible.
    Immediate = 1 << 14,
    /// In which countries one must be to work remotely.
    Area = 1 << 15,
}

const TRIGGERS: &[(Topic, &str)] = &[
    (
        Topic::Term,
        "summer,winter,spring,autumn,fall 20,fall of,fall semester,sommer,herbst,frühjahr,été 20,hiver,printemps,automne,verano,otoño,invierno,primavera,verão,outono,start,begin,ab dem,ab sofort,ab januar,ab februar,ab märz,ab april,ab mai,ab juni,ab juli,ab august,ab sept,ab okt,ab nov,ab dez,à partir de,dès ,a partir de,inicio,início,début,debut,commenc,zum 1",
    ),
    (
        Topic::Duration,
        "week,wks,month,woche,monat,mois,semaine,meses,semana,settiman,mesi,maanden,weken",
    ),
    (
        Topic::Hours,
        "hours,hrs,hour week,hour work,h/w,stunden,std,heures,horas,h/sem,h par,h pro,uur",
    ),
    (
        Topic::Pay,
        "$,€,£,₹,usd,eur,gbp,chf,cad,inr,sek,pln,zł,lpa,lakh,salary,salaries,stipend,paid,compensation,hourly,wage,base pay,pay range,pay rate,academic credit,course credit,college credit,bezahl,vergüt,entgelt,gehalt,brutto,gratification,rémun,salaire,remuner,bolsa,salário,salario,sueldo,beca ",
    ),
    (
        Topic::Degree,
        "degree,bachelor,master,phd,ph.d,doctora,bsc,msc,b.s,m.s,bs/,bs or,b.a,undergrad,studium,studier,studen,studiengang,étudiant,licence,bac+,bac +,ingénieur,grado,máster,universit,graduação,superior,associate,diploma,bootcamp,vocational,self-taught,ausbildung,mestrado,école",
    ),
    (Topic::Graduation, "graduat,class of,abschluss im,diplôm"),
    (
        Topic::Authorisation,
        "sponsor,visa,authoriz,authoris,citizen,clearance,green card,work permit,right to work,arbeitserlaubnis,itar,permanent resident,u.s. person,us person,eligible to work,entitled to work,permitted to work,permission to work,aufenthaltstitel,aufenthaltserlaubnis,permiso de trabajo,autorización,autorização de trabalho,permis de travail,autorisation de travail",
    ),
    (
        Topic::Deadline,
        "deadline,apply by,apply before,apply until,applications close,applications are,application closes,applications will,applications must,closing date,closes on,close on,closes:,bewerbungsfrist,bewirb dich,bewerben sie sich bis,bewerbung bis,bewerbungsschluss,date limite,avant le,postul,fecha límite,plazo,prazo,inscrições,no later than,accepted until,accepted through",
    ),
    (
        Topic::Workplace,
        "remote,hybrid,on-site,onsite,on site,in-office,in office,in-person,in person,the office,our office,home office,homeoffice,home-office,télétravail,teletrabajo,presencial,présentiel,vor ort,híbrid,remoto,im büro",
    ),
    (
        Topic::Backend,
        "backend,back-end,back end,server-side,server side,serverside,microservice,rest api,restful,grpc,spring boot,django,fastapi,server-seitig,serverseitig,apis",
    ),
    (
        Topic::Frontend,
        "frontend,front-end,front end,user interface,react,angular,css,ios ,android,swiftui,figma",
    ),
    (
        Topic::Software,
        "software,code,coding,programm,developer,entwickl,développ,desarroll,desenvolv,python,java,api,database,golang,c++,computer science,informatik,informatique,informática",
    ),
    (
        Topic::Rolling,
        "rolling,filled,no deadline,fixed deadline,fortlaufend,laufend,besetzt,ganzjährig,jederzeit,au fil de l,toute l'année,toute l’année,pourvu,forma continua,manera continua,cubrir la,fluxo contínuo,à medida que,preenchid",
    ),
    (
        Topic::Immediate,
        "immediate,as soon as possible,asap,right away,sofort,nächstmöglich,dès que possible,immédiat,inmediat,imediat,lo antes posible",
    ),
    (
        Topic::Area,
        "based in,located in,reside,residing,residents,live in,living in,remote,anywhere,worldwide,wohnsitz,remoto,à distance,home office,homeoffice,télétravail,teletrabajo,work from",
    ),
    (
        Topic::Internship,
        "intern,co-op,praktik,werkstudent,stage,alternance,apprenti,ausbildung,estágio,estagi,práctica,becari,pasant,tirocin,working student,placement",
    ),
];

static TOPICS: LazyLock<Triggers<u16>> = LazyLock::new(|| {
    let words = |(topic, words): &'static (Topic, &'static str)| {
        words.split(',').map(|word| (word, *topic as u16))
    };
    Triggers::new(TRIGGERS.iter().flat_map(words))
});

#[derive(Clone, Copy, Debug)]
struct Sentence {
    start: usize,
    end: usize,
    topics: u16,
}

/// A text's sentences.
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    sentences: Vec<Sentence>,
}

impl<'a> Sentences<'a> {
    /// Splits a text and finds what each sentence may speak of.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut sentences = split(text);
        TOPICS.find(text, |end, topics| {
            let at = sentences.partition_point(|sentence| sentence.end < end);
            if let Some(sentence) = sentences.get_mut(at) {
                sentence.topics |= topics;
            }
        });
        sentences.retain(|sentence| sentence.topics != 0);
        Self { text, sentences }
    }

    /// Whether no sentence speaks of anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The sentences that may speak of a topic, in the text's order.
    pub fn about(&self, topic: Topic) -> impl Iterator<Item = &'a str> + '_ {
        self.sentences
            .iter()
            .filter(move |sentence| sentence.topics & topic as u16 != 0)
            .map(|sentence| &self.text[sentence.start..sentence.end])
    }
}

fn split(text: &str) -> Vec<Sentence> {
    let bytes = text.as_bytes();
    let mut sentences = Vec::with_capacity(text.len() / 64 + 1);
    let (mut start, mut line) = (0, 0);
    while line < bytes.len() {
        let line_end = memchr(b'\n', &bytes[line..]).map_or(bytes.len(), |at| line + at);
        let signs = memchr3_iter(b'.', b'!', b'?', &bytes[line..line_end]);
        let ends = signs
            .map(|at| line + at)
            .filter(|&at| bytes.get(at + 1) == Some(&b' '));
        for at in ends {
            if bytes[at] != b'.' || ends_sentence(text, start, at) {
                push(text, start, at + 1, &mut sentences);
                start = at + 1;
            }
        }
        line = (line_end + 1).min(bytes.len());
        push(text, start, line, &mut sentences);
        start = line;
        if sentences.len() >= MAX_SENTENCES {
            sentences.truncate(MAX_SENTENCES);
            break;
        }
    }
    sentences
}

/// Whether the dot at `at` ends a sentence: not behind `e.g`, `U.S`, `approx`, a day (`1. Januar`), nor before a small letter.
fn ends_sentence(text: &str, start: usize, at: usize) -> bool {
    const SHORT: &[&str] = &[
        "approx", "ca", "inkl", "bzw", "max", "min", "no", "nr", "st", "dr", "mr", "ms", "inc",
        "etc", "vs", "incl", "est", "sept", "jan", "feb", "aug", "oct", "nov", "dec", "mtl",
        "evtl", "ggf", "std",
    ];
    if text[at + 1..]
        .trim_start()
        .starts_with(|c: char| c.is_lowercase())
    {
        return false;
    }
    let word = text[start..at]
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let short_day = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
    !(short_day
        || letters == 1
        || word.contains('.') && letters <= 4
        || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short)))
}

fn push(text: &str, start: usize, end: usize, sentences: &mut Vec<Sentence>) {
    if text[start..end].bytes().any(|b| b != b'\n' && b != b' ') {
        sentences.push(Sentence {
            start,
            end,
            topics: 0,
        });
    }
}

/// A value with the words that say so: the sentence, or as much of it around `evidence` as a quote may hold.
#[must_use]
pub fn fact<T>(value: T, sentence: &str, evidence: &str, origin: Origin) -> Fact<T> {
    Fact {
        value,
        quote: quote(sentence, evidence),
        origin,
    }
}

fn quote(sentence: &str, evidence: &str) -> String {
    let sentence = sentence.trim();
    let sentence = sentence.strip_prefix("- ").unwrap_or(sentence);
    if sentence.len() <= MAX_QUOTE_CHARS || sentence.chars().count() <= MAX_QUOTE_CHARS {
        return sentence.to_owned();
    }
    let found = sentence.find(evidence).unwrap_or(0);
    let room = MAX_QUOTE_CHARS.saturating_sub(evidence.chars().count()) / 2;
    let before: String = sentence[..found]
        .chars()
        .rev()
        .take(room)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    // The words begin behind a space, unless the text has none.
    let before = if before.len() < found {
        before
            .split_once(' ')
            .map_or(before.as_str(), |(_, rest)| rest)
    } else {
        &before
    };
    let cut: String = before
        .chars()
        .chain(sentence[found..].chars())
        .take(MAX_QUOTE_CHARS)
        .collect();
    cut.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_sentences_end() {
        let text = "We pay e.g. well. Start: 1. Januar 2027 in the U.S. office.\n- Remote work is fine! Salary: $30/hr.";
        let all: Vec<&str> = split(text)
            .iter()
            .map(|sentence| text[sentence.start..sentence.end].trim())
            .collect();
        assert_eq!(
            all,
            [
                "We pay e.g. well.",
                "Start: 1. Januar 2027 in the U.S. office.",
                "- Remote work is fine!",
                "Salary: $30/hr."
            ]
        );
    }

    #[test]
    fn sentences_are_found_by_topic() {
        let sentences = Sentences::of(
            "Nothing here. The internship lasts 12 weeks.\nVisa sponsorship is available.",
        );
        assert_eq!(
            sentences
                .about(Topic::Duration)
                .map(str::trim)
                .collect::<Vec<_>>(),
            ["The internship lasts 12 weeks."]
        );
        assert_eq!(sentences.about(Topic::Authorisation).count(), 1);
    }

    #[test]
    fn a_long_sentence_is_quoted_around_its_evidence() {
        let sentence = format!(
            "{} lasts 12 weeks {}",
            "word ".repeat(100),
            "more ".repeat(100)
        );
        let quote = quote(&sentence, "12 weeks");
        assert!(
            quote.contains("12 weeks")
                && quote.chars().count() <= MAX_QUOTE_CHARS
                && quote.starts_with("word"),
            "{quote}"
        );
    }
}
