//! Where applications went: from stage to stage, each counted once. Pure.
//!
//! A path that went back is taken as it ended: what lies after the stage that it went back to does not count. So every path
//! only goes forward, and of every stage as many go in as come out or stay there.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::choices::Choices;
use super::super::model::Stage;
use super::model::Case;

/// The flows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Flows {
    /// The stages that something went through, in order.
    pub nodes: Vec<FlowNode>,
    /// How many went from where to where.
    pub links: Vec<FlowLink>,
}

/// A stage of the flows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowNode {
    /// The stage.
    pub stage: Stage,
    /// What its owner calls it.
    pub label: String,
    /// How many began there.
    pub began: u64,
    /// How many came from another stage.
    pub came: u64,
    /// How many went on.
    pub went: u64,
    /// How many are there: for an end, those that ended so; else those that are still open.
    pub stays: u64,
}

impl FlowNode {
    /// How many were ever there.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.began + self.came
    }
}

/// How many went from one stage to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowLink {
    /// From where.
    pub from: Stage,
    /// To where.
    pub to: Stage,
    /// How many.
    pub count: u64,
}

/// A path that only goes forward, from where it began to where it stands.
#[must_use]
pub fn forward(case: &Case) -> Vec<Stage> {
    let mut path: Vec<Stage> = Vec::new();
    for (stage, _) in &case.path {
        while path.last().is_some_and(|last| last >= stage) {
            path.pop();
        }
        path.push(*stage);
    }
    path
}

/// Counts the flows of all cases.
#[must_use]
pub fn flows(cases: &[Case], choices: &Choices) -> Flows {
    let mut nodes: BTreeMap<Stage, FlowNode> = BTreeMap::new();
    let mut links: BTreeMap<(Stage, Stage), u64> = BTreeMap::new();
    let mut node = |stage: Stage, count: &dyn Fn(&mut FlowNode)| {
        count(nodes.entry(stage).or_insert_with(|| FlowNode {
            stage,
            label: choices.label(stage).to_owned(),
            began: 0,
            came: 0,
            went: 0,
            stays: 0,
        }));
    };
    for case in cases {
        let path = forward(case);
        let (Some(first), Some(last)) = (path.first(), path.last()) else {
            continue;
        };
        node(*first, &|node| node.began += 1);
        node(*last, &|node| node.stays += 1);
        for pair in path.windows(2) {
            if let [from, to] = pair {
                node(*from, &|node| node.went += 1);
                node(*to, &|node| node.came += 1);
                *links.entry((*from, *to)).or_default() += 1;
            }
        }
    }
    Flows {
        nodes: nodes.into_values().collect(),
        links: links
            .into_iter()
            .map(|((from, to), count)| FlowLink { from, to, count })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::testing::case;
    use super::*;

    #[test]
    fn a_path_that_went_back_is_taken_as_it_ended() {
        let went = case(&[
            (Stage::Applied, 0),
            (Stage::Interview, 3),
            (Stage::Screen, 4),
            (Stage::Rejected, 5),
        ]);
        assert_eq!(
            forward(&went),
            [Stage::Applied, Stage::Screen, Stage::Rejected]
        );
    }

    #[test]
    fn each_case_is_counted_where_it_went() {
        let cases = [
            case(&[
                (Stage::Interested, 0),
                (Stage::Applied, 1),
                (Stage::Rejected, 3),
            ]),
            case(&[(Stage::Applied, 1)]),
        ];
        let counted = flows(&cases, &Choices::default());
        let applied = &counted.nodes[1];
        assert_eq!(
            (applied.began, applied.came, applied.went, applied.stays),
            (1, 1, 1, 1)
        );
        assert_eq!(counted.links.len(), 2);
    }

    proptest! {
        #[test]
        fn what_goes_into_a_stage_comes_out_or_stays(
            paths in proptest::collection::vec(proptest::collection::vec(0_usize..11, 0..12), 0..60),
        ) {
            let cases: Vec<Case> = paths
                .iter()
                .map(|path| {
                    let path: Vec<(Stage, i64)> =
                        path.iter().enumerate().map(|(day, at)| (Stage::ALL[*at], day as i64)).collect();
                    case(&path)
                })
                .collect();
            let counted = flows(&cases, &Choices::default());
            let mut stays = 0;
            for node in &counted.nodes {
                prop_assert_eq!(node.total(), node.went + node.stays);
                let into = counted.links.iter().filter(|link| link.to == node.stage);
                prop_assert_eq!(node.came, into.map(|link| link.count).sum::<u64>());
                let out = counted.links.iter().filter(|link| link.from == node.stage);
                prop_assert_eq!(node.went, out.map(|link| link.count).sum::<u64>());
                stays += node.stays;
            }
            prop_assert!(counted.links.iter().all(|link| link.from < link.to));
            prop_assert_eq!(stays, cases.iter().filter(|case| !case.path.is_empty()).count() as u64);
        }
    }
}
