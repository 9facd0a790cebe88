//! What somebody chose for their applications: what they call the stages, how they weigh offers, how many a week they aim at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Stage, line};
use super::offers::model::Weights;
use crate::error::{Error, Result};

/// Most characters of a stage's name.
const LABEL_MOST: usize = 40;
/// Most applications a week that one may aim at.
const GOAL_MOST: u32 = 100;

/// The choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ApplicationChoices)]
pub struct Choices {
    /// What stages are called, by the stage's name; those that are absent are called as usual.
    pub labels: BTreeMap<String, String>,
    /// How much each thing counts when offers are compared, 0 to 5.
    pub weights: Weights,
    /// Applications a week to aim at; 0: none.
    pub weekly_goal: u32,
}

impl Choices {
    /// What a stage is called.
    #[must_use]
    pub fn label(&self, stage: Stage) -> &str {
        self.labels
            .get(stage.name())
            .map_or(stage.label(), String::as_str)
    }

    /// The choices with empty names left out.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a stage that there is not, a name that is too long, a goal beyond reason.
    pub fn checked(mut self) -> Result<Self> {
        for (name, label) in &mut self.labels {
            let stage: Stage = name.parse()?;
            *label = line("labels", label)?;
            if label.chars().count() > LABEL_MOST {
                return Err(Error::invalid_field(
                    format!("label-{}", stage.name()),
                    format!("A stage's name has at most {LABEL_MOST} characters."),
                ));
            }
            if label == stage.label() {
                label.clear();
            }
        }
        self.labels.retain(|_, label| !label.is_empty());
        if self.weekly_goal > GOAL_MOST {
            return Err(Error::invalid_field(
                "weekly_goal",
                format!("Aim at 0 to {GOAL_MOST} applications a week."),
            ));
        }
        self.weights = self.weights.checked()?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_called_as_its_owner_likes_and_as_usual_else() {
        let labels = BTreeMap::from([
            ("screen".to_owned(), " Phone  call ".to_owned()),
            ("offer".to_owned(), String::new()),
        ]);
        let choices = Choices {
            labels,
            ..Choices::default()
        };
        let choices = choices.checked().unwrap();
        assert_eq!(choices.label(Stage::Screen), "Phone call");
        assert_eq!(choices.label(Stage::Offer), "Offer");
        assert_eq!(choices.labels.len(), 1);
    }

    #[test]
    fn names_of_stages_that_there_are_not_are_refused() {
        let choices = Choices {
            labels: BTreeMap::from([("hired".to_owned(), "x".to_owned())]),
            ..Choices::default()
        };
        assert!(choices.checked().is_err());
    }
}
