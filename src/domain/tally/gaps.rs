//! What a plan in the making lacks, and which of its proposals may be one idea put forward twice.
//!
//! Titles are compared, not understood: what is found is for a person to look at, and decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Tally};
use crate::domain::id::EntityId;

/// Two titles are alike where so many of a hundred of their words are the same.
const ALIKE: usize = 60;
/// And so many words at least.
const WORDS: usize = 2;
/// So many letters of a word count, so that *managing* and *management* are one.
const STEM: usize = 5;
/// Words that say nothing of what a project is about.
const EMPTY: [&str; 14] =
    ["a", "an", "and", "asean", "accsm", "at", "by", "for", "from", "in", "of", "on", "the", "to"];

fn words(title: &str) -> BTreeSet<String> {
    title
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}

/// Which titles may be the same idea: pairs of their places, the first one first.
#[must_use]
pub fn alike(titles: &[&str]) -> Vec<(usize, usize)> {
    let words: Vec<BTreeSet<String>> = titles.iter().map(|title| words(title)).collect();
    let mut titles_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, own) in words.iter().enumerate() {
        for word in own {
            let others = titles_of.entry(word).or_default();
            others.iter().for_each(|other| *shared.entry((*other, at)).or_default() += 1);
            others.push(at);
        }
    }
    let near = |((a, b), same): &((usize, usize), usize)| {
        *same >= WORDS && same * 200 >= ALIKE * (words[*a].len() + words[*b].len())
    };
    shared.into_iter().filter(near).map(|(pair, _)| pair).collect()
}

/// The areas of a plan in which it has no project.
#[must_use]
pub fn empty(areas: impl IntoIterator<Item = EntityId>, tally: &Tally) -> Vec<EntityId> {
    areas.into_iter().filter(|area| tally.by_area.get(&Some(*area)).is_none_or(|split| split.total() == 0)).collect()
}

/// Whether a project could be one of two that are alike: what is not in the plan is no double of anything.
#[must_use]
pub fn compared(item: &Item<'_>) -> bool {
    item.class().is_some_and(|class| class != super::Class::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{project::ProjectStatus, tally::tally};

    #[test]
    fn titles_with_most_words_in_common_are_alike_whatever_their_order() {
        let titles = [
            "ASEAN Workshop on Talent Management",
            "Talent Management Workshop for Young Leaders",
            "Workshop on Managing Talents",
            "Transformative Leadership",
            "ASEAN+3 Forum on Public Service Delivery",
            "ASEAN Guideline on Public Service Delivery",
            "Leadership",
        ];
        assert_eq!(alike(&titles), [(0, 1), (0, 2), (1, 2), (4, 5)]);
        assert_eq!(alike(&["Training", "Training"]), [], "one word says too little");
        assert_eq!(alike(&["", "", "of the"]), []);
        assert_eq!(alike(&["Civil service reform", "Civil servants' mental health at work"]), []);
    }

    #[test]
    fn an_area_has_a_gap_where_nothing_is_in_the_plan() {
        let area = |n| EntityId::from_bytes([n; 16]);
        let withdrawn = [ProjectStatus::Withdrawn];
        let items = [
            Item { area: Some(area(1)), ..Item::default() },
            Item { area: Some(area(2)), claimed: &withdrawn, ..Item::default() },
        ];
        let tally = tally(items.into_iter());
        assert_eq!(empty([area(1), area(2), area(3)], &tally), [area(2), area(3)]);
        assert!(compared(&items[0]) && !compared(&items[1]));
        let merged = [ProjectStatus::Merged];
        assert!(!compared(&Item { claimed: &merged, ..Item::default() }), "it is one with another already");
    }
}
