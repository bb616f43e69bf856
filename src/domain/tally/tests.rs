use super::*;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn when(text: &str) -> Option<When> {
    text.parse().ok()
}

const fn standing(published: Option<ProjectStatus>, claimed: &[ProjectStatus]) -> Item<'_> {
    Item { published, claimed, ..ITEM }
}

const ITEM: Item<'static> = Item {
    leads: &[],
    area: None,
    funding: "",
    published: None,
    claimed: &[],
    planned: (None, None),
    actual: (None, None),
    reported: false,
    confirmed: None,
};

use ProjectStatus as S;

#[test]
fn two_claims_apart_count_as_neither_until_one_is_published() {
    let apart = [S::Completed, S::Ongoing];
    let item = standing(None, &apart);
    assert_eq!((item.stand(), item.class()), (Stand::Unsettled, Some(Class::Unsettled)));
    let tally = tally([item].into_iter());
    assert_eq!((tally.all.of(Class::Completed), tally.all.of(Class::Ongoing), tally.all.total()), (0, 0, 1));
    assert_eq!(standing(Some(S::Ongoing), &apart).class(), Some(Class::Ongoing));
}

#[test]
fn what_is_published_is_counted_and_a_claim_that_differs_is_told() {
    let claim = [S::Completed];
    let item = standing(Some(S::Ongoing), &claim);
    let today = day("2024-01-01");
    assert_eq!(item.class(), Some(Class::Ongoing));
    assert!(Count::Differs.takes(&item, today));
    assert!(!Count::Differs.takes(&standing(Some(S::Completed), &claim), today));
    assert!(!Count::Differs.takes(&standing(None, &claim), today), "nothing is published that it could differ from");
}

#[test]
fn every_status_has_one_class_or_is_not_in_the_plan() {
    let mut classes: BTreeMap<Option<Class>, Vec<S>> = BTreeMap::new();
    for &status in S::ALL {
        classes.entry(standing(Some(status), &[]).class()).or_default().push(status);
    }
    let expected = [
        (None, vec![S::Returned, S::Withdrawn, S::NotIncluded]),
        (Some(Class::Completed), vec![S::Completed]),
        (Some(Class::Ongoing), vec![S::Ongoing]),
        (Some(Class::Ahead), vec![S::Proposed, S::UnderConsideration, S::Included, S::Planned, S::Postponed]),
        (Some(Class::Ended), vec![S::CarriedOver, S::Cancelled, S::Merged]),
    ];
    assert_eq!(classes, BTreeMap::from(expected));
    assert_eq!(standing(None, &[]).class(), Some(Class::Ahead));
}

/// Projects of every standing, with leads, areas, years and funding mixed.
fn mixed(leads: &[Vec<PartyCode>]) -> Vec<Item<'_>> {
    let sources = ["", "JAIF", " JAIF ", "ASEAN-ROK Cooperation Fund"];
    let dates = ["", "2021", "2022-Q3", "2025-05"];
    let mut items: Vec<Item<'_>> = S::ALL
        .iter()
        .enumerate()
        .map(|(n, status)| Item {
            leads: &leads[n % leads.len()],
            area: (!n.is_multiple_of(3)).then(|| EntityId::from_bytes([u8::from(n.is_multiple_of(2)); 16])),
            funding: sources[n % 4],
            published: Some(*status),
            planned: (None, when(dates[n % 4])),
            ..ITEM
        })
        .collect();
    items.push(Item { leads: &leads[0], claimed: &[S::Completed, S::Cancelled], ..ITEM });
    items.push(Item { leads: &leads[2], ..ITEM });
    items
}

#[test]
fn every_total_adds_up_and_every_number_has_as_many_projects() {
    let code = |code: &str| code.parse::<PartyCode>().expect("a code");
    let leads = [vec![code("KH")], vec![code("VN"), code("TH")], vec![]];
    let (items, today) = (mixed(&leads), day("2024-06-30"));
    let tally = tally(items.iter().copied());
    let in_plan = u32::try_from(items.len()).expect("few") - 3;
    assert_eq!(tally.all.total(), in_plan);
    let sum = |splits: Vec<&Split>| splits.iter().map(|split| split.total()).sum::<u32>();
    assert_eq!(sum(tally.by_area.values().collect()), in_plan);
    assert_eq!(sum(tally.by_year.values().collect()), in_plan);
    assert_eq!(sum(tally.by_funding.values().collect()), in_plan);
    assert_eq!(tally.by_stand.values().sum::<u32>(), in_plan + 3);
    assert!(tally.shared > 0);
    assert_eq!(
        sum(tally.by_lead.values().collect()),
        in_plan + tally.shared,
        "once in the total, once under each lead"
    );

    let rows = |counts: &[Count]| {
        let taken = items.iter().filter(|item| counts.iter().all(|count| count.takes(item, today)));
        u32::try_from(taken.count()).expect("few")
    };
    assert_eq!(rows(&[Count::All]), in_plan);
    for (stand, number) in &tally.by_stand {
        assert_eq!(rows(&[Count::Stand(*stand)]), *number, "{stand:?}");
    }
    let years = tally.by_year.iter().map(|(year, split)| (Count::Year(*year), split));
    let sources = tally.by_funding.iter().map(|(source, split)| (Count::Funding(source.clone()), split));
    let nobody = tally.by_lead.get(&None).map(|split| (Count::NoLead, split));
    for (count, split) in years.chain(sources).chain(nobody) {
        assert_eq!(rows(std::slice::from_ref(&count)), split.total(), "{count}");
        for class in Class::ALL {
            assert_eq!(rows(&[count.clone(), Count::Of(class)]), split.of(class), "{count} and {class:?}");
        }
    }
}

#[test]
fn overdue_and_due_soon_go_by_the_last_day_a_date_may_mean() {
    let today = day("2024-03-31");
    let open = |end: &str| Item { planned: (None, when(end)), published: Some(S::Ongoing), ..ITEM };
    for (end, overdue, soon) in [
        ("2023", true, false),
        ("2023-Q4", true, false),
        ("2024-03-30", true, false),
        ("2024-03", false, true),
        ("2024-Q1", false, true),
        ("2024-Q2", false, false),
        ("2024-06-29", false, true),
        ("2024-06-30", false, false),
        ("2024", false, false),
        ("", false, false),
    ] {
        let item = open(end);
        assert_eq!((Count::Overdue.takes(&item, today), Count::Soon.takes(&item, today)), (overdue, soon), "{end}");
    }
    for ended in [S::Completed, S::CarriedOver, S::Cancelled, S::Merged, S::Withdrawn] {
        let item = Item { published: Some(ended), ..open("2023") };
        assert!(!Count::Overdue.takes(&item, today), "{ended} is not overdue");
    }
}

#[test]
fn a_completed_project_owes_a_report_and_is_late_with_it_after_sixty_days() {
    let done = |end: &str| Item { actual: (None, when(end)), published: Some(S::Completed), ..ITEM };
    let late = |item: &Item<'_>, today: &str| {
        (Count::Report.takes(item, day(today)), Count::ReportLate.takes(item, day(today)))
    };
    assert_eq!(late(&done("2024-01-01"), "2024-03-01"), (true, false));
    assert_eq!(late(&done("2024-01-01"), "2024-03-02"), (true, true));
    assert_eq!(late(&done("2024-01"), "2024-03-02"), (true, false), "it may have ended on the last of January");
    assert_eq!(late(&done(""), "2024-03-02"), (true, false), "nobody says when it ended");
    assert_eq!(late(&Item { reported: true, ..done("2024-01-01") }, "2025-01-01"), (false, false));
    let ongoing = Item { published: Some(S::Ongoing), ..done("2024-01-01") };
    assert_eq!(late(&ongoing, "2025-01-01"), (false, false));
}

#[test]
fn a_project_lacks_a_timeline_until_both_ends_of_it_are_planned() {
    let today = day("2026-01-01");
    let planned = |start: &str, end: &str| Item { planned: (when(start), when(end)), ..ITEM };
    for (start, end, lacks) in [("", "", true), ("2026", "", true), ("", "2027-Q1", true), ("2026", "2027-Q1", false)] {
        assert_eq!(Count::NoTimeline.takes(&planned(start, end), today), lacks, "{start} to {end}");
    }
    let out = [S::Withdrawn];
    assert!(!Count::NoTimeline.takes(&Item { claimed: &out, ..ITEM }, today), "it is not in the plan");
}

#[test]
fn what_its_lead_has_not_confirmed_for_some_months_is_told_as_long_as_it_is_open() {
    let today = day("2024-08-31");
    let item = |confirmed: &str| Item { confirmed: when(confirmed), published: Some(S::Ongoing), ..ITEM };
    let told = |item: &Item<'_>, months| Count::Unconfirmed(months).takes(item, today);
    assert!(told(&item(""), 6), "never confirmed");
    assert!(told(&item("2024-02-28"), 6));
    assert!(!told(&item("2024-02-29"), 6));
    assert!(!told(&item("2024-02"), 6), "it may have been on the last of February");
    assert!(!told(&item("2024-02-28"), 7));
    assert!(!told(&Item { published: Some(S::Completed), ..item("") }, 6));
}

#[test]
fn a_number_survives_the_address() {
    let mut counts = vec![
        Count::All,
        Count::NoLead,
        Count::NoTimeline,
        Count::Year(Some(2024)),
        Count::Year(None),
        Count::Funding(Some("JAIF 2.0 - phase 2, with China".to_owned())),
        Count::Funding(None),
        Count::Overdue,
        Count::Soon,
        Count::Report,
        Count::ReportLate,
        Count::Unconfirmed(12),
        Count::Differs,
        Count::Stand(Stand::Unsettled),
        Count::Stand(Stand::Unsaid),
    ];
    counts.extend(Class::ALL.map(Count::Of));
    counts.extend(S::ALL.iter().map(|status| Count::Stand(Stand::Is(*status))));
    for count in counts {
        assert_eq!(count.to_string().parse::<Count>().as_ref(), Ok(&count));
    }
    for word in ["", "overdue-1", "year-", "status-DONE", "funding-", "unconfirmed-x", "ALL"] {
        assert!(word.parse::<Count>().is_err(), "{word}");
    }
}

#[test]
fn rates_are_rounded_and_nothing_has_none() {
    let items = |n: usize, of: usize| {
        (0..of).map(move |at| standing(Some(if at < n { S::Completed } else { S::Ongoing }), &[]))
    };
    let rate = |n, of| tally(items(n, of)).all.rate(Class::Completed);
    assert_eq!(
        [rate(0, 0), rate(0, 3), rate(1, 3), rate(2, 3), rate(3, 3)],
        [None, Some(0), Some(33), Some(67), Some(100)]
    );
}
