//! How instants are written in pages.

use askama::filters::HtmlSafe;

use crate::clock::Timestamp;

/// An instant as `<time>`: relative in the text, exact in the title. Safe to put into HTML as it is.
#[derive(Clone, Debug)]
pub struct When {
    at: Timestamp,
    now: Timestamp,
    time_zone: String,
}

impl When {
    /// `at`, as told at `now` to somebody in `time_zone`.
    #[must_use]
    pub fn new(at: Timestamp, now: Timestamp, time_zone: impl Into<String>) -> Self {
        Self {
            at,
            now,
            time_zone: time_zone.into(),
        }
    }

    /// `3 days ago`, `in 2 hours`, `just now`.
    #[must_use]
    pub fn relative(&self) -> String {
        let seconds = self.now.as_millis().saturating_sub(self.at.as_millis()) / 1000;
        let (count, unit) = match seconds.unsigned_abs() {
            0..60 => return "just now".into(),
            s @ 60..3_600 => (s / 60, "minute"),
            s @ 3_600..86_400 => (s / 3_600, "hour"),
            s @ 86_400..5_184_000 => (s / 86_400, "day"),
            s @ 5_184_000..63_072_000 => (s / 2_592_000, "month"),
            s => (s / 31_536_000, "year"),
        };
        let plural = if count == 1 { "" } else { "s" };
        if seconds < 0 {
            format!("in {count} {unit}{plural}")
        } else {
            format!("{count} {unit}{plural} ago")
        }
    }

    /// `2026-11-23 18:04 CET`; in UTC when the time zone is not known.
    #[must_use]
    pub fn exact(&self) -> String {
        let zone = jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let local = self.at.to_jiff().to_zoned_datetime(zone);
        local.strftime("%Y-%m-%d %H:%M %Z").to_string()
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (at, exact, relative) = (self.at, self.exact(), self.relative());
        write!(
            f,
            r#"<time datetime="{at}" title="{exact}">{relative}</time>"#
        )
    }
}

impl HtmlSafe for When {}

/// An instant as `<time>` in a few characters: `now`, `5 h`, `3 d`, `4 mo`.
#[derive(Clone, Debug)]
pub struct Age {
    when: When,
    day_only: bool,
}

impl Age {
    /// The age of `when`; of a day without its time, the title tells the day only.
    #[must_use]
    pub fn new(when: When, day_only: bool) -> Self {
        Self { when, day_only }
    }

    fn short(&self) -> String {
        let relative = self.when.relative();
        let mut words = relative
            .trim_start_matches("in ")
            .trim_end_matches(" ago")
            .split(' ');
        let (Some(count), Some(unit)) = (words.next(), words.next()) else {
            return relative;
        };
        let short = match unit.trim_end_matches('s') {
            "minute" => "min",
            "hour" => "h",
            "day" => "d",
            "month" => "mo",
            "year" => "y",
            _ => return "now".into(),
        };
        format!("{count} {short}")
    }
}

impl std::fmt::Display for Age {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = self.short();
        if self.day_only {
            let day = self.when.at.date_string();
            return write!(f, r#"<time datetime="{day}" title="{day}">{short}</time>"#);
        }
        let (at, exact) = (self.when.at, self.when.exact());
        write!(f, r#"<time datetime="{at}" title="{exact}">{short}</time>"#)
    }
}

impl HtmlSafe for Age {}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(ago_ms: i64) -> When {
        let now = Timestamp(1_795_453_440_000);
        When::new(now.plus_millis(-ago_ms), now, "Europe/Zurich")
    }

    #[test]
    fn the_distance_is_told_in_the_largest_unit_that_fits() {
        let told: Vec<String> = [
            0,
            61_000,
            -7_200_000,
            86_400_000 * 3,
            86_400_000 * 90,
            i64::MAX,
        ]
        .into_iter()
        .map(|ago| when(ago).relative())
        .collect();
        assert_eq!(
            told[..5],
            [
                "just now",
                "1 minute ago",
                "in 2 hours",
                "3 days ago",
                "3 months ago"
            ]
        );
        assert!(told[5].ends_with("years ago"));
    }

    #[test]
    fn an_age_is_short_and_tells_no_time_that_is_not_known() {
        let age = |ago_ms, day_only| Age::new(when(ago_ms), day_only).to_string();
        let three_days = 86_400_000 * 3;
        assert!(age(0, false).ends_with(">now</time>"));
        assert!(age(three_days, false).ends_with(r#"title="2026-11-20 18:04 CET">3 d</time>"#));
        assert!(age(three_days, true).ends_with(r#"title="2026-11-20">3 d</time>"#));
    }

    #[test]
    fn the_exact_time_is_in_the_readers_time_zone() {
        assert_eq!(when(0).exact(), "2026-11-23 18:04 CET");
    }
}
