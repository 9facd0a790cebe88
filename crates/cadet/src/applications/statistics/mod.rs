//! Statistics of applications: where they went, how long things take, who answers, how many a week.
//!
//! Input: the path of each application. Output: figures, charts as SVG and PNG, tables as CSV, and a version without names to
//! share. Invariants: flows conserve counts (what goes into a stage comes out of it or stays there); cases that are still open
//! are counted as open and never as ended; small numbers are said to be small.

pub mod actions;
pub mod answers;
pub mod charts;
pub mod flows;
pub mod model;
pub mod picture;
pub mod sankey;
pub mod store;
pub mod survival;
pub mod tables;
pub mod weeks;
