//! What a reader of the sample workspace would lose if the record were wrong.

use super::{
    SampleError, check,
    record::{Extent, Record, meetings::Meeting, parties::Body, plans::Unit},
};
use crate::domain::{
    Framework, When,
    meeting::MeetingType,
    party::{MembershipStatus, PartyKind},
    project::ProjectStatus,
};

fn record() -> Record {
    Record::embedded().expect("the record holds together")
}

fn meeting<'a>(record: &'a Record, id: &str) -> &'a Meeting {
    record.meetings.meetings.iter().find(|meeting| meeting.id == id).expect("the meeting is there")
}

fn day(text: &str) -> Option<When> {
    Some(text.parse().expect("a date"))
}

#[test]
fn members_stand_in_english_alphabetical_order() {
    let record = record();
    let members: Vec<&str> = record
        .people
        .parties
        .iter()
        .filter(|party| party.kind == PartyKind::MemberState)
        .map(|party| party.name.as_str())
        .collect();
    assert!(members.is_sorted(), "{members:?}");
    let place = |name| members.iter().position(|member| *member == name).expect("is a member");
    assert_eq!(members.len(), 11);
    assert_eq!(place("Timor-Leste"), place("Thailand") + 1);
    assert_eq!(place("Viet Nam"), place("Timor-Leste") + 1);
}

#[test]
fn timor_leste_is_dated_data() {
    let record = record();
    let said: Vec<(Body, MembershipStatus, Option<When>)> = record
        .people
        .memberships
        .iter()
        .filter(|membership| membership.party.as_str() == "TL")
        .map(|membership| (membership.framework, membership.status, membership.from))
        .collect();
    assert!(said.contains(&(Body::Asean, MembershipStatus::Member, day("2025-10-26"))));
    assert!(said.contains(&(Body::Accsm, MembershipStatus::Observer, day("2023-05"))));
    assert!(
        !said.iter().any(|(body, status, _)| *body != Body::Asean && *status == MembershipStatus::Member),
        "no source says that ACCSM admitted Timor-Leste"
    );
}

#[test]
fn both_frameworks_have_their_members() {
    let record = record();
    let members = |body| {
        record
            .people
            .memberships
            .iter()
            .filter(|it| it.framework == body && it.status == MembershipStatus::Member)
            .count()
    };
    assert_eq!(members(Body::Accsm), 10);
    assert_eq!(members(Body::AccsmPlus3), 13);
}

#[test]
fn every_term_from_11_to_23_is_there_once_in_order() {
    let record = record();
    let ordinals: Vec<u16> = record.terms.terms.iter().map(|term| term.ordinal).collect();
    assert_eq!(ordinals, (11..=23).collect::<Vec<u16>>());
    let inferred: Vec<u16> = record.terms.terms.iter().filter(|it| it.inferred).map(|it| it.ordinal).collect();
    for ordinal in [12, 14, 15, 16] {
        assert!(inferred.contains(&ordinal), "no source names the chair of the {ordinal}th");
    }
}

#[test]
fn totals_are_as_published() {
    let record = record();
    assert_eq!(record.plans.plans.len(), 4);
    let total = |id: &str| {
        let plan = record.plans.plans.iter().find(|plan| plan.id == id).expect("the plan is there");
        plan.published_total.as_ref().map(|total| (total.count, total.unit))
    };
    assert_eq!(total("accsm-2021-2025"), Some((39, Unit::Projects)));
    assert_eq!(total("accsm-plus3-2021-2025"), Some((31, Unit::Activities)));
    assert_eq!(total("accsm-2016-2020"), None);
}

#[test]
fn plans_have_their_own_classification() {
    let record = record();
    for plan in &record.plans.plans {
        let codes: Vec<&str> = plan.areas.iter().map(|area| area.code.as_str()).collect();
        match plan.framework {
            Framework::Accsm => assert_eq!(codes, ["PA1", "PA2", "PA3", "PA4", "PA5"], "{}", plan.id),
            Framework::AccsmPlus3 => assert_eq!(codes, ["i", "ii", "iii", "iv", "v", "vi", "vii"], "{}", plan.id),
        }
    }
    let second = |id: &str| {
        record.plans.plans.iter().find(|plan| plan.id == id).expect("the plan is there").areas[1].title.english()
    };
    assert_eq!(second("accsm-2016-2020"), "Building institutional capacities");
    assert_eq!(second("accsm-2021-2025"), "Building institutional capacities and inter-agency coordination");
}

#[test]
fn cambodia_has_its_five_projects() {
    let record = record();
    let mut titles: Vec<&str> = record
        .plans
        .projects
        .iter()
        .filter(|project| project.plan.ends_with("2021-2025") && project.leads[0].as_str() == "KH")
        .map(|project| project.title.english())
        .collect();
    titles.sort_unstable();
    assert_eq!(
        titles,
        [
            "ASEAN Guideline on Public Service Delivery",
            "ASEAN+3 Center for Civil Service Research and Innovation",
            "ASEAN+3 Forum on Public Service Delivery",
            "Digitalization in Public Administration",
            "Transformative Leadership",
        ]
    );
    assert_eq!(record.plans.projects.len(), 17, "sixteen projects, one of them in two plans");
}

#[test]
fn a_carried_over_project_is_two_projects_with_a_link() {
    let record = record();
    let carried: Vec<_> = record.plans.projects.iter().filter(|project| project.carried_from.is_some()).collect();
    let [next] = carried.as_slice() else { panic!("one project is carried over: {carried:?}") };
    let first = record.plans.projects.iter().find(|project| Some(&project.id) == next.carried_from.as_ref());
    let first = first.expect("the link leads somewhere");
    assert_eq!(first.status, Some(ProjectStatus::CarriedOver));
    assert_eq!(first.title, next.title);
    assert_eq!((first.plan.as_str(), next.plan.as_str()), ("accsm-2016-2020", "accsm-2021-2025"));
}

#[test]
fn the_slipped_workshop_keeps_both_dates() {
    let record = record();
    let workshop = record.plans.projects.iter().find(|it| it.id == "it-workshop").expect("the workshop is there");
    assert_eq!(workshop.planned_start, day("2021-08"));
    assert_eq!(workshop.actual_start, day("2021-11-25"));
}

#[test]
fn both_seven_item_agendas_are_there_in_both_languages() {
    let record = record();
    for id in ["som-20", "som-plus3-5"] {
        let agenda = meeting(&record, id).agenda.as_ref().expect("an agenda");
        assert_eq!(agenda.items.len(), 7, "{id}");
        for item in &agenda.items {
            assert_eq!(item.title.others().map(|(tag, _)| tag).collect::<Vec<_>>(), ["vi"], "{id}");
        }
        assert_eq!(agenda.items[0].title.0["vi"], "Thông qua Chương trình");
        assert_eq!(agenda.items[6].title.english(), "Closing");
        assert!(agenda.items[5].title.english().contains("2021-2025"), "the slip of the source stays");
        assert!(agenda.items[5].source_note.is_some(), "and is said");
    }
    let fifth = |id| meeting(&record, id).agenda.as_ref().expect("an agenda").items[4].title.0["vi"].clone();
    assert_eq!(
        fifth("som-20"),
        "Chuẩn bị cho cuộc họp cán bộ cấp cao ACCSM+3 và Hội nghị những người đứng đầu nền công vụ ASEAN+3"
    );
    assert_eq!(
        fifth("som-plus3-5"),
        "Chuẩn bị cho Hội nghị những người đứng đầu nền công vụ các nước ASEAN+3 lần thứ 5"
    );
}

#[test]
fn meetings_are_on_their_days_and_the_unknown_days_are_empty() {
    let record = record();
    let days: Vec<(&str, MeetingType, Option<When>)> =
        record.meetings.meetings.iter().map(|meeting| (meeting.id.as_str(), meeting.kind, meeting.from)).collect();
    assert_eq!(
        days,
        [
            ("fp-2020-accsm", MeetingType::FocalPoints, day("2020-11-02")),
            ("fp-2020-plus3", MeetingType::FocalPointsPlus3, day("2020-11-02")),
            ("som-20", MeetingType::Som, day("2020-11-17")),
            ("som-plus3-5", MeetingType::SomPlus3, day("2020-11-17")),
            ("hcs-20", MeetingType::Hcs, day("2020-11-18")),
            ("hcs-plus3-5", MeetingType::HcsPlus3, day("2020-11-18")),
            ("prep-21", MeetingType::Preparatory, day("2021-04-08")),
            ("som-21-2021", MeetingType::Som, day("2021-04-08")),
            ("som-21-2022", MeetingType::Som, day("2022-08-03")),
            ("som-plus3-6", MeetingType::SomPlus3, day("2022-08-03")),
            ("hcs-21", MeetingType::Hcs, day("2022-08-05")),
            ("hcs-plus3-6", MeetingType::HcsPlus3, None),
            ("ggf-2022", MeetingType::GoodGovernanceForum, None),
        ]
    );
}

#[test]
fn delegations_are_as_the_sources_count_them() {
    let record = record();
    for id in ["fp-2020-accsm", "fp-2020-plus3"] {
        let sizes: Vec<_> =
            meeting(&record, id).delegations.iter().map(|it| (it.party.as_str().to_owned(), it.size)).collect();
        assert_eq!(sizes, [("KH".to_owned(), Some(8))], "{id}");
    }
    let som = meeting(&record, "som-21-2022");
    assert_eq!(som.delegations.len(), 11, "ten Member States and the Secretariat");
    assert_eq!(som.reports_to.as_deref(), Some("hcs-21"));
}

#[test]
fn general_knowledge_is_never_passed_off_as_a_source() {
    let record = record();
    let unread: Vec<&str> =
        record.sources.iter().filter(|source| source.read == Extent::None).map(|source| source.id.as_str()).collect();
    for agency in &record.people.agencies {
        if agency.source.iter().any(|id| unread.contains(&id.as_str())) {
            assert!(agency.inferred, "{}", agency.id);
        }
    }
}

/// One way to spoil the record.
type Spoil = fn(&mut Record);

#[test]
fn a_broken_record_is_refused_with_a_word() {
    let broken: &[(Spoil, &str)] = &[
        (|it| it.plans.projects[0].source.clear(), "names no source"),
        (|it| it.meetings.meetings[2].source.push("hearsay".to_owned()), "names source hearsay"),
        (|it| it.plans.projects[1].carried_from = Some("nothing".to_owned()), "names project nothing"),
        (|it| it.plans.projects[0].leads = vec!["ZZ".parse().expect("a code")], "names party ZZ"),
        (|it| it.plans.projects[0].area = Some("PA9".to_owned()), "names area PA9"),
        (|it| it.terms.terms[1].source_note = None, "no source note"),
        (|it| it.meetings.meetings[0].from = day("2040"), "dates that make no sense"),
        (|it| it.terms.gatherings[0].to = "2019-01-01".parse().expect("a date"), "dates that make no sense"),
        (|it| it.terms.terms[0].ordinal = 12, "term 12 is in the record twice"),
        (|it| drop(it.meetings.meetings[0].title.0.remove("en")), "no English title"),
        (|it| it.meetings.meetings[0].reports_to = Some("hcs-99".to_owned()), "names meeting hcs-99"),
    ];
    for (spoil, word) in broken {
        let mut record = record();
        spoil(&mut record);
        let error: SampleError = check::check(&record).expect_err(word);
        assert!(error.to_string().contains(word), "{error}");
    }
}
