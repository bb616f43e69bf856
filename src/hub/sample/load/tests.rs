//! What a person who opens the sample workspace would miss if the loader were wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{
    Catalogue, Date, EntityId, PartyCode, Role, Snapshot,
    agenda::{self, AgendaState},
    meeting::{self as meetings, MeetingState},
    plan::PlanState,
    project::{self as projects, ProjectStatus},
    schema::{self, FieldKind},
};

struct Loaded {
    sample: Sample,
    snapshots: BTreeMap<DocId, Snapshot>,
}

impl Loaded {
    fn now() -> Self {
        let sample = load().expect("the sample loads");
        let snapshot = |document: &SampleDocument| {
            let doc = Doc::load(document.kind, document.changes.iter().map(Vec::as_slice)).expect("the changes load");
            (document.id, doc.snapshot(&|_| Some(1)).expect("the document reads"))
        };
        let snapshots = sample.documents.iter().map(snapshot).collect();
        Self { sample, snapshots }
    }

    fn of(&self, id: DocId) -> &Snapshot {
        self.snapshots.get(&id).expect("the document is there")
    }

    fn catalogue(&self) -> Catalogue {
        let mut catalogue = Catalogue::default();
        self.sample.facts.iter().for_each(|fact| catalogue.fold(fact));
        catalogue
    }
}

#[test]
fn two_starts_give_the_same_workspace() {
    assert_eq!(load().expect("loads"), load().expect("loads"));
}

#[test]
fn every_document_has_its_fact_and_no_fact_lacks_its_document() {
    let sample = load().expect("loads");
    let told: Vec<(DocId, DocKind)> = sample
        .facts
        .iter()
        .filter_map(|fact| if let Fact::Doc { id, kind, .. } = fact { Some((*id, *kind)) } else { None })
        .collect();
    let made: Vec<(DocId, DocKind)> = sample.documents.iter().map(|document| (document.id, document.kind)).collect();
    assert_eq!(told, made);
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len(), "no id twice");
    let count = |kind| made.iter().filter(|(_, of)| *of == kind).count();
    let counts = [DocKind::Register, DocKind::Plan, DocKind::Project, DocKind::Meeting, DocKind::Session].map(count);
    assert_eq!(counts, [2, 4, 17, 13, 13]);
}

#[test]
fn every_record_a_person_sees_names_its_source() {
    for (id, snapshot) in &Loaded::now().snapshots {
        let records = snapshot.collections.values().flatten().chain([&snapshot.root]);
        for record in records {
            assert!(record.members("sources").next().is_some(), "{} {id} {:?}", snapshot.kind, record.id);
            let inferred = record.fields.contains_key("inferred");
            assert!(!inferred || !record.line("source-note").is_empty(), "{} {id} {:?}", snapshot.kind, record.id);
        }
        for claim in &snapshot.claims {
            assert!(!claim.evidence.is_empty(), "{id}");
        }
        for act in &snapshot.acts {
            assert!(!act.reason.is_empty(), "{id}");
            assert_eq!(act.term, None, "an entry of the record is no act of a chair");
        }
    }
}

#[test]
fn every_reference_leads_to_something_in_the_workspace() {
    let loaded = Loaded::now();
    let entities = loaded.snapshots.values().flat_map(|it| it.collections.values().flatten()).filter_map(|it| it.id);
    let documents = loaded.snapshots.keys().map(|id| EntityId::from_bytes(id.to_bytes()));
    let known: BTreeSet<EntityId> = entities.chain(documents).collect();
    let mut followed = 0;
    for snapshot in loaded.snapshots.values() {
        let table = schema::of(snapshot.kind).expect("the kind has a schema");
        let mut follow = |collection: Option<&str>, record: &crate::domain::Record| {
            for name in record.fields.keys() {
                if table.field(collection, name).is_some_and(|field| matches!(field.kind, FieldKind::Ref)) {
                    let target: EntityId = record.read(name).expect("an id");
                    assert!(known.contains(&target), "{} {name} {target}", snapshot.kind);
                    followed += 1;
                }
            }
        };
        follow(None, &snapshot.root);
        for (name, records) in &snapshot.collections {
            records.iter().for_each(|record| follow(Some(name), record));
        }
        for act in &snapshot.acts {
            assert!(act.target.is_none_or(|target| known.contains(&target)));
        }
    }
    // A plan for each project, a gathering for each meeting, a meeting for each session, and more.
    assert!(followed > 17 + 13 + 13, "{followed}");
}

#[test]
fn the_registers_together_say_each_party_once_in_protocol_order() {
    let loaded = Loaded::now();
    let registers = loaded.snapshots.values().filter(|it| it.kind == DocKind::Register);
    let mut parties: Vec<_> = registers.flat_map(|register| register.collection("parties")).collect();
    let codes: BTreeSet<&str> = parties.iter().map(|party| party.line("code")).collect();
    assert_eq!((codes.len(), parties.len()), (19, 19));
    parties.retain(|party| party.line("kind") == "MEMBER_STATE");
    parties.sort_by_key(|party| party.line("sort-key").to_owned());
    let codes: Vec<&str> = parties.iter().map(|party| party.line("code")).collect();
    assert_eq!(codes, ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"]);
}

#[test]
fn the_agendas_of_17_november_2020_show_seven_numbered_items() {
    let loaded = Loaded::now();
    for name in ["som-20", "som-plus3-5"] {
        let session = loaded.of(meeting::session_id(name));
        let items = session.collection("items");
        let lines = agenda::lines(items, &session.acts);
        let numbers: Vec<&str> = lines.iter().map(|line| line.number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7"], "{name}");
        let title = |at: usize| items.iter().find(|item| item.id == Some(lines[at].item)).expect("the item");
        assert_eq!(title(0).line("title"), "Adoption of the Agenda");
        assert_eq!(title(0).line("titles:vi"), "Thông qua Chương trình");
        assert_eq!(title(6).line("titles:vi"), "Bế mạc");
        assert_eq!(agenda::state(&session.acts).state, AgendaState::Provisional, "its adoption is not reported");
    }
}

#[test]
fn plans_stand_where_the_sources_leave_them() {
    let loaded = Loaded::now();
    let states: Vec<PlanState> =
        ["accsm-2016-2020", "accsm-plus3-2016-2020", "accsm-2021-2025", "accsm-plus3-2021-2025"]
            .map(|name| crate::domain::plan::life(&loaded.of(plan::id(name)).acts, |_, _| true).state)
            .into();
    let reviewed = PlanState::FinalReviewed;
    assert_eq!(states, [reviewed, reviewed, PlanState::InForce, PlanState::InForce]);
    let current = loaded.of(plan::id("accsm-2021-2025"));
    assert_eq!(current.root.line("adopted"), "2020-11-18");
    assert_eq!(current.root.fields["published-total"].value, crate::domain::Value::Int(39));
    let codes: Vec<&str> = current.collection("areas").iter().map(|area| area.line("code")).collect();
    assert_eq!(codes, ["PA1", "PA2", "PA3", "PA4", "PA5"]);
}

#[test]
fn statuses_are_published_or_claimed_and_never_both() {
    let loaded = Loaded::now();
    let shown = |name: &str, plan: &str| {
        let id = project::id(name);
        let published = projects::published(&loaded.of(plan::id(plan)).acts);
        let published = published.get(&EntityId::from_bytes(id.to_bytes())).map(|folded| folded.state);
        (published, projects::claimed(&loaded.of(id).claims))
    };
    assert_eq!(shown("psd-guideline-2016", "accsm-2016-2020"), (None, vec![ProjectStatus::CarriedOver]));
    assert_eq!(shown("psd-guideline-2021", "accsm-2021-2025"), (Some(ProjectStatus::Included), vec![]));
    assert_eq!(shown("digitalization", "accsm-2021-2025"), (None, vec![ProjectStatus::Planned]));
    assert_eq!(shown("recruitment-conference", "accsm-plus3-2021-2025"), (None, vec![]));
    let workshop = loaded.of(project::id("it-workshop"));
    let day = |what| projects::date(workshop, what).map(|when| when.to_string());
    assert_eq!(day(crate::domain::ClaimKind::Start).as_deref(), Some("2021-08"));
    assert_eq!(day(crate::domain::ClaimKind::ActualStart).as_deref(), Some("2021-11-25"));
}

#[test]
fn the_carried_over_project_leads_back_to_the_plan_before() {
    let loaded = Loaded::now();
    let next = loaded.of(project::id("psd-guideline-2021"));
    let before: EntityId = next.root.read("carried-from").expect("a link");
    let before = loaded.of(DocId::from_bytes(before.to_bytes()));
    assert_eq!(before.root.line("title"), next.root.line("title"));
    assert_eq!(before.root.read("plan"), Some(EntityId::from_bytes(plan::id("accsm-2016-2020").to_bytes())));
}

#[test]
fn a_meeting_tells_chair_host_mode_delegations_and_statement() {
    let loaded = Loaded::now();
    let som = loaded.of(meeting::id("som-20"));
    assert_eq!((som.root.line("chair"), som.root.line("host"), som.root.line("mode")), ("TH", "VN", "ONLINE"));
    assert_eq!(meetings::state(&som.acts).state, MeetingState::Adjourned);
    let points = loaded.of(meeting::id("fp-2020-accsm"));
    let [cambodia] = points.collection("delegations") else { panic!("one delegation") };
    assert_eq!(cambodia.fields["size"].value, crate::domain::Value::Int(8));
    assert!(cambodia.line("head").contains("Under Secretary of State"));
    let april = loaded.of(meeting::id("som-21-2021"));
    let title = "ASEAN Statement on Acceleration of an Agile Civil Service amid emerging challenges";
    assert_eq!(april.root.line("statement"), title);
    assert!(april.root.text("note").contains("2021-04-08: Participants were briefed"));
    let forum = loaded.of(meeting::id("ggf-2022"));
    assert_eq!(forum.root.line("start"), "", "its day is in no source");
    assert!(!meetings::state(&forum.acts).moved, "that it was held is in no source");
}

#[test]
fn each_party_reads_and_writes_what_is_its_own() {
    let loaded = Loaded::now();
    let mut catalogue = loaded.catalogue();
    let on: Date = "2026-01-15".parse().expect("a day");
    let mut officer = |code: &str, role: Role| {
        let person = PersonId::derived(&["test", code, role.word()]);
        let party: PartyCode = code.parse().expect("a code");
        let id = EntityId::derived(&["test", code, role.word()]);
        catalogue.fold(&Fact::Appoint { id, person, party, role, from: on, to: None });
        person
    };
    let [kh, vn, cn] = ["KH", "VN", "CN"].map(|code| officer(code, Role::FocalPoint));
    let asec = officer("ASEC", Role::Secretariat);
    let digital = project::id("digitalization");
    let center = project::id("research-innovation-center");
    assert!(catalogue.may_write(kh, digital, on) && !catalogue.may_write(vn, digital, on));
    assert!(!catalogue.may_write(asec, digital, on), "the lead alone writes its project");
    let reads = |person, id| catalogue.may_read(person, &catalogue.docs[&id], on);
    assert!(reads(vn, digital) && reads(cn, center) && !reads(cn, digital));
    assert!(!reads(cn, meeting::id("som-20")) && reads(cn, meeting::id("som-plus3-5")));
    let session = meeting::session_id("som-21-2022");
    assert!(catalogue.may_write(vn, session, on), "the party that chaired it");
    assert!(catalogue.may_write(asec, session, on) && !catalogue.may_write(cn, session, on));
}

#[test]
fn a_document_is_made_in_one_change() {
    for document in load().expect("loads").documents {
        assert_eq!(document.changes.len(), 1, "{} {}", document.kind, document.id);
    }
}
