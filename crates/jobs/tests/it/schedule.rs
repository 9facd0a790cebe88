//! Cron schedules on one and several nodes.

use std::time::Duration;

use jobs::{Error, Registry, Running, Schedule, State, Tally};

use crate::support::{START, TestDb, on_both};

on_both!(
    a_tick_enqueues_once_however_many_nodes_are_up,
    ticks_missed_while_all_nodes_were_down_count_as_one,
    the_first_tick_comes_after_the_registration,
    a_changed_pattern_counts_from_now,
    slow_jobs_of_a_schedule_do_not_pile_up,
);

const HOUR: Duration = Duration::from_secs(3_600);

fn hourly() -> Registry {
    with_cron("0 * * * *")
}

fn with_cron(cron: &str) -> Registry {
    let schedule = Schedule::new("hourly", cron, "a", &"payload").unwrap();
    let check = |job: Running| async move {
        assert_eq!(job.payload::<String>()?, "payload");
        Ok(())
    };
    Registry::new().schedule(schedule).on("a", check)
}

async fn a_tick_enqueues_once_however_many_nodes_are_up(t: TestDb) {
    t.drain(hourly()).await;
    let nodes = [(); 3].map(|()| t.worker(hourly()));
    let [one, two, three] = &nodes;
    for hour in 1..=10 {
        t.clock.advance(HOUR);
        let done = tokio::join!(one.drain(), two.drain(), three.drain());
        let done = [done.0, done.1, done.2].map(|tally| tally.unwrap().succeeded);
        assert_eq!(done.iter().sum::<u64>(), 1, "in hour {hour}: {done:?}");
    }
    assert_eq!(t.jobs_in(State::Succeeded).await, 10);
}

async fn ticks_missed_while_all_nodes_were_down_count_as_one(t: TestDb) {
    t.drain(hourly()).await;
    t.clock.advance(HOUR * 50);
    assert_eq!(t.drain(hourly()).await.succeeded, 1);
    assert_eq!(t.drain(hourly()).await, Tally::default());
    t.clock.advance(HOUR);
    assert_eq!(t.drain(hourly()).await.succeeded, 1);
}

async fn the_first_tick_comes_after_the_registration(t: TestDb) {
    assert_eq!(t.drain(hourly()).await, Tally::default());
    t.clock.advance(HOUR - Duration::from_millis(1));
    assert_eq!(t.drain(hourly()).await, Tally::default());
    t.clock.advance(Duration::from_millis(1));
    assert_eq!(t.drain(hourly()).await.succeeded, 1);
}

async fn a_changed_pattern_counts_from_now(t: TestDb) {
    t.drain(with_cron("0 0 1 1 *")).await;
    t.drain(hourly()).await;
    t.clock.advance(HOUR);
    assert_eq!(t.drain(hourly()).await.succeeded, 1);
    t.clock.advance(HOUR);
    assert_eq!(t.drain(with_cron("30 * * * *")).await, Tally::default());
    t.clock.advance(HOUR / 2);
    assert_eq!(t.drain(with_cron("30 * * * *")).await.succeeded, 1);
}

async fn slow_jobs_of_a_schedule_do_not_pile_up(t: TestDb) {
    let schedule = Schedule::new("s", "0 * * * *", "not done here", &()).unwrap();
    let registry = Registry::new().schedule(schedule);
    for _ in 0..4 {
        t.drain(registry.clone()).await;
        t.clock.advance(HOUR);
    }
    assert_eq!(t.jobs_in(State::Queued).await, 1);
}

#[test]
fn a_pattern_that_cannot_be_read_is_named_in_the_error() {
    let error = Schedule::new("nightly", "every night", "a", &()).unwrap_err();
    assert!(matches!(error, Error::Cron { .. }));
    let text = error.to_string();
    assert!(
        text.contains("nightly") && text.contains("every night"),
        "{text}"
    );
}

#[test]
fn a_schedule_may_have_seconds_and_a_zone() {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    let schedule = Schedule::new("s", "30 0 8 * * *", "a", &()).unwrap();
    let next = schedule.in_zone(zone).next_after(START).unwrap();
    assert_eq!(next, START + 7 * 3_600_000 + 30_000);
}
