//! Fills an index with seeded, Zipf-distributed documents and measures filling and faceted searching on one core.
//!
//! `cargo run --release -p search --example measure -- [DOCUMENTS] [THREADS] [SEARCHES]`

#![expect(
    clippy::print_stdout,
    reason = "printing figures is what this program is for"
)]

use std::error::Error;
use std::time::{Duration, Instant};

use search::{
    Document, FacetRequest, Field, Filter, Index, Options, QueryOptions, RangeBucket, Request,
    Schema, Sort, Value,
};

const KEYWORDS: [(&str, usize, usize); 8] = [
    ("maker", 9_000, 1),
    ("country", 60, 1),
    ("city", 900, 3),
    ("place", 3, 1),
    ("term", 12, 1),
    ("tag", 400, 12),
    ("origin", 40, 2),
    ("grade", 3, 1),
];
const WORDS: usize = 60_000;
const DAY: i64 = 86_400_000;
const NOW: i64 = 20_000 * DAY;

/// A small generator of its own (xorshift), so that figures do not move with a library's version.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Zipf-like with exponent 1: the logarithm of the rank is even.
    fn rank(&mut self, n: usize) -> usize {
        let even = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64 + 1.0).powf(even) - 1.0) as usize
    }
}

/// A pronounceable word for a rank; the frequent ones are short.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ro", "ti", "ne", "ku", "san", "del", "mor", "vi", "ex", "pla", "ing", "ser", "con",
        "te", "ly",
    ];
    let mut word = String::new();
    let mut left = rank + 17;
    while left > 0 {
        word.push_str(SYLLABLES[left % 16]);
        left /= 16;
    }
    word
}

fn text(random: &mut Random, words: &[String], bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        text.push_str(&words[random.rank(words.len())]);
        text.push_str(if random.below(12) == 0 { ". " } else { " " });
    }
    text
}

fn document(id: u64, random: &mut Random, words: &[String]) -> Document {
    let mut document = Document::new(id)
        .with("title", text(random, words, 40))
        .with("name", text(random, words, 12))
        .with("body", text(random, words, 2_400))
        .with("notes", text(random, words, 50))
        .with(
            "dated",
            NOW - (random.rank(400) as i64) * DAY - random.below(DAY as usize) as i64,
        )
        .with("open", random.below(3) > 0)
        .with("paid", random.below(2) > 0);
    for (field, values, most) in KEYWORDS {
        for _ in 0..1 + random.below(most) {
            document = document.with(field, format!("{field} {}", random.rank(values)));
        }
    }
    document
}

fn schema() -> Result<Schema, search::Error> {
    let text = [("title", 4.0), ("name", 2.0), ("notes", 2.0), ("body", 1.0)];
    let text = text.map(|(name, boost)| Field::text(name, boost));
    let keywords = KEYWORDS.map(|(name, _, most)| {
        let field = Field::keyword(name).faceted();
        if most > 1 { field.multi() } else { field }
    });
    let rest = [
        Field::integer("dated"),
        Field::boolean("open").faceted(),
        Field::boolean("paid").faceted(),
    ];
    Schema::new(text.into_iter().chain(keywords).chain(rest))
}

fn facets() -> Vec<FacetRequest> {
    let values = KEYWORDS
        .iter()
        .map(|(field, ..)| *field)
        .chain(["open", "paid"]);
    let values = values.map(|field| FacetRequest::Values {
        field: field.to_owned(),
        limit: 12,
    });
    let days = [1, 7, 30].map(|days| RangeBucket {
        label: format!("{days} days"),
        min: Some(NOW - days * DAY),
        max: None,
    });
    values
        .chain([FacetRequest::Ranges {
            field: "dated".to_owned(),
            ranges: days.to_vec(),
        }])
        .collect()
}

/// One to three words of any frequency (one in thirty misspelt, some phrases and prefixes) and up to two filters.
fn request(random: &mut Random, words: &[String], options: &QueryOptions) -> Request {
    let mut input = Vec::new();
    for _ in 0..1 + random.below(3) {
        let mut word = words[random.rank(words.len())].clone();
        match random.below(30) {
            0 => word.insert(word.len() / 2, 'q'),
            1 => word = format!("{}*", &word[..word.len().min(4)]),
            2 => word = format!("\"{word} {}\"", words[random.rank(100)]),
            3 => word = format!("-{word}"),
            _ => {}
        }
        input.push(word);
    }
    let mut request = Request::new(search::parse(&input.join(" "), options).0);
    request.facets = facets();
    for _ in 0..random.below(3) {
        let (field, values, _) = KEYWORDS[random.below(KEYWORDS.len())];
        let values = vec![format!("{field} {}", random.rank(values))];
        request.filters.push(Filter::AnyOf {
            field: field.to_owned(),
            values,
        });
    }
    if random.below(3) == 0 {
        request.sort = Sort::Field {
            name: "dated".to_owned(),
            descending: true,
        };
    }
    request
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1_000.0;
    println!(
        "{name:<34} median {:7.3} ms   p90 {:7.3}   p99 {:7.3}   max {:7.3}",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}

fn timed(index: &Index, requests: &[Request]) -> Result<Vec<Duration>, search::Error> {
    let run = |request| {
        let begin = Instant::now();
        index.search(request).map(|_| begin.elapsed())
    };
    requests.iter().map(run).collect()
}

fn resident_mebibytes(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with(key))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse::<u64>().ok())
        .unwrap_or(0)
        / 1_024
}

/// What this process (`self`) or thread (`thread-self`) has computed so far, which other load does not distort.
fn computed(who: &str) -> Duration {
    let status = std::fs::read_to_string(format!("/proc/{who}/stat")).unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    Duration::from_millis(
        ticks
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum::<u64>()
            * 10,
    )
}

/// Puts and commits generated documents; gives the bytes of their values.
fn fill(index: &Index, documents: usize, what: &str) -> Result<usize, Box<dyn Error>> {
    let words: Vec<String> = (0..WORDS).map(word).collect();
    let mut random = Random(42);
    let (mut bytes, mut id) = (0, 0);
    let (mut waited, mut generating) = (Duration::ZERO, Duration::ZERO);
    let computed_before = computed("self");
    while id < documents as u64 {
        let begin = computed("thread-self");
        let next = (id + 1_000).min(documents as u64);
        let batch: Vec<Document> = (id..next)
            .map(|id| document(id, &mut random, &words))
            .collect();
        for (_, value) in batch.iter().flat_map(|document| &document.fields) {
            bytes += if let Value::Text(text) = value {
                text.len()
            } else {
                8
            };
        }
        id = next;
        generating += computed("thread-self") - begin;
        let begin = Instant::now();
        index.put(batch)?;
        waited += begin.elapsed();
    }
    let begin = Instant::now();
    index.commit(id)?;
    waited += begin.elapsed();
    let computed = computed("self").saturating_sub(computed_before + generating);
    let rate = |time: Duration| documents as f64 / time.as_secs_f64();
    println!(
        "{what} {documents} documents: waited {waited:.2?} ({:.0} a second), computed {computed:.2?} ({:.0} a second and core)",
        rate(waited),
        rate(computed)
    );
    println!(
        "resident memory at most {} MiB, now {} MiB, of which {} are not files",
        resident_mebibytes("VmHWM"),
        resident_mebibytes("VmRSS"),
        resident_mebibytes("RssAnon")
    );
    Ok(bytes)
}

fn main() -> Result<(), Box<dyn Error>> {
    let argument = |at: usize, default| {
        std::env::args()
            .nth(at)
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let (documents, threads, searches): (usize, usize, usize) =
        (argument(1, 100_000), argument(2, 2), argument(3, 1_000));
    let directory = std::env::temp_dir().join(format!("search-measure-{}", std::process::id()));
    let options = Options {
        writer_memory_bytes: 64_000_000,
        threads,
    };
    let index = Index::recreate(&directory, schema()?, options)?;
    let bytes = fill(&index, documents, "filled")?;
    measure(&index, searches, "as committed")?;
    let begin = Instant::now();
    index.compact()?;
    let size: u64 = std::fs::read_dir(&directory)?
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
        .sum();
    println!(
        "compacted in {:.2?}; index is {:.2} of the plain text",
        begin.elapsed(),
        size as f64 / bytes as f64
    );
    measure(&index, searches, "compacted")?;
    fill(&index, documents / 5, "replaced")?;
    measure(&index, searches, "after replacing")?;
    drop(index);
    let begin = Instant::now();
    let opened = Index::open(&directory, schema()?, options)?;
    println!(
        "opened in {:.2?}: {opened:?}; resident memory {} MiB",
        begin.elapsed(),
        resident_mebibytes("VmRSS")
    );
    drop(opened);
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

fn measure(index: &Index, searches: usize, state: &str) -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = (0..WORDS).map(word).collect();
    let options = QueryOptions::new(index.schema());
    let mut random = Random(7);
    let requests: Vec<Request> = (0..searches)
        .map(|_| request(&mut random, &words, &options))
        .collect();
    report(
        &format!("query mix, 11 facets, {state}"),
        timed(index, &requests)?,
    );
    let mut all = Request::new(search::Query::everything());
    all.facets = facets();
    all.sort = Sort::Field {
        name: "dated".to_owned(),
        descending: true,
    };
    report(
        &format!("no query, 11 facets, {state}"),
        timed(index, &vec![all.clone(); 100])?,
    );
    all.filters = vec![
        Filter::Bool {
            field: "open".to_owned(),
            value: true,
        },
        Filter::AnyOf {
            field: "country".to_owned(),
            values: vec!["country 0".to_owned()],
        },
    ];
    report(
        &format!("filters only, 11 facets, {state}"),
        timed(index, &vec![all; 100])?,
    );
    Ok(())
}
