//! One project: every field it has, what was claimed about it, what was done under it and said about it.

mod draft;
mod entities;
mod number;
mod proposal;
mod reports;
mod steps;
mod years;

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{
        Claim, ClaimKind, DocId, DocKind, EntityId, PartyCode,
        project::{reference, template::Completeness},
    },
    engine::api::{Command, Mark, ProjectView, Query},
    ui::{
        components::{
            claims::{StatusOf, status_of},
            comments::comments,
            drafts::badge,
            empty::gate,
            field::{Field, Subject, claimed_date, fact, field, money},
            follow::follow,
            head::Head,
            history::history,
            icon::icon,
            marks::{Form, status, sync_mark, who},
            newer::{is_newer, newer},
            undo::undo,
        },
        i18n::{t, tr},
        state::{
            commands,
            parties::use_parties,
            views::{Live, use_view},
        },
    },
};

use super::for_document;

/// The page.
#[component]
pub fn Project() -> impl IntoView {
    for_document(|doc| {
        let live = use_view::<ProjectView>(Query::Project { doc });
        gate(live.phase(), move || page(doc, live))
    })
}

/// Whether what is shown is a draft of one's own delegation: a document never becomes another kind.
fn is_draft(view: &ProjectView) -> bool {
    view.draft.is_some()
}

fn page(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let draft = live.peek(is_draft).unwrap_or_default();
    let mark = live.part_or(Mark::Hub, |view| view.row.mark);
    let subject = Subject {
        doc,
        kind: DocKind::Project,
        entity: None,
        record: live.part(|view| view.snapshot.root.clone()),
        may_write: live.part(|view| view.may_write),
        mark,
    };
    let claims = live.part(|view| view.snapshot.claims.clone());
    let marks = live.part(|view| view.marks.clone());
    let (far, report) = (proposal::progress(live), RwSignal::new(false));
    view! {
        {head(doc, live, mark, far)}
        {newer(live.part(|view| is_newer(&view.snapshot)))}
        <div class="project">
            {contents(live)}
            <div class="doc sheet" role="form" aria-label=tr("project-form")>
                {summary(subject)}
                {if draft { draft::clearance(doc, live) } else { standing(doc, live, subject, report, claims, marks) }}
                {schedule(subject, claims)}
                {parties(doc, live, subject)}
                {proposal::proposal(doc, live, subject, far)}
                {entities::indicators(live, subject, marks)}
                {funding(subject)}
                {place(doc, live, subject)}
                {entities::activities(live, subject, marks)}
                {(!draft).then(|| reports::reports(live, subject, report, marks))}
                {section("documents", "section-documents", field(subject, "documents"))}
                {(!draft)
                    .then(|| {
                        let said = comments(
                            doc,
                            None,
                            live.part(|view| view.comments.clone()),
                            live.part(|view| view.may_comment),
                        );
                        view! { {sources(subject)}{section("comments", "section-comments", said)} }
                    })}
            </div>
            {rail(live, claims, marks)}
        </div>
    }
    .into_any()
}

fn head(doc: DocId, live: Live<ProjectView>, mark: Signal<Mark>, far: Signal<Option<Completeness>>) -> AnyView {
    let title = live.part(|view| view.row.title.clone());
    let title =
        Signal::derive(move || title.with(|title| if title.is_empty() { tr("untitled") } else { title.clone() }));
    let plan = live.peek(|view| view.row.plan).map(|plan| format!("/plans/{plan}")).unwrap_or_default();
    let draft = live.peek(is_draft).unwrap_or_default();
    let row = live.part(|view| {
        let row = &view.row;
        (row.leads.clone(), row.published, row.claimed.len(), row.reference.clone())
    });
    let facts = (move || {
        let (leads, published, claimed, reference) = row.get();
        let number = (!draft).then(|| reference.unwrap_or_else(|| reference::temporary(doc)));
        let number = number.map(|number| view! { <span class="number">{number}</span> });
        let filled = far.get().map(|far| {
            let words = t!("proposal-filled", filled = far.filled.len(), total = far.total());
            view! { <a href="#proposal">{words}</a> }
        });
        let leads = leads.first().map(|lead| view! { <span>{who(lead)}{tr("lead-of")}</span> });
        let published = published.map(|published| {
            view! { <span class="as-pub">{status(published.state)}{tr("as-published")}</span> }
        });
        let two = (claimed > 1).then(|| {
            view! { <a class="alert" href="#status">{icon("claims")}{t!("claims-count", count = claimed)}</a> }
        });
        view! { {number}{leads}{published}{filled}{two}<span class="record-sync">{sync_mark(mark, Form::Long)}</span> }
    })
    .into_any();
    let acts = view! {
        {undo(doc)}
        {(!draft).then(|| view! { <a class="btn" href="#reports">{tr("report-status")}</a> })}
        {follow(doc)}
        {super::plans::print_button()}
    };
    let head = Head::new("project", title);
    let head = if draft { head.beside(badge()) } else { head };
    head.class("head project-head")
        .crumb("/plans", Signal::stored(tr("plans-title")))
        .crumb(plan, live.part(|view| view.plan_title.clone()))
        .here(Signal::stored(tr(if draft { "draft" } else { "project" })))
        .facts(facts)
        .acts(acts.into_any())
        .record(doc.to_string(), mark)
        .view()
}

fn contents(live: Live<ProjectView>) -> AnyView {
    const SECTIONS: [&str; 14] = [
        "summary",
        "clearance",
        "status",
        "schedule",
        "parties",
        "proposal",
        "indicators",
        "funding",
        "place",
        "activities",
        "reports",
        "documents",
        "sources",
        "comments",
    ];
    let counts = live.part(|view| {
        let count = |name: &str| view.snapshot.collection(name).iter().filter(|one| one.withdrawn.is_none()).count();
        BTreeMap::from([
            ("indicators", count("indicators")),
            ("activities", count("activities")),
            ("reports", count("reports")),
            ("comments", view.comments.len()),
        ])
    });
    let two = live.part(|view| view.row.claimed.len() > 1);
    let draft = live.peek(is_draft).unwrap_or_default();
    let here = |name: &&str| match *name {
        "clearance" => draft,
        "status" | "reports" | "sources" | "comments" => !draft,
        _ => true,
    };
    let links = SECTIONS
        .into_iter()
        .filter(here)
        .map(|name| {
            let n = move || {
                let count = counts.with(|counts| counts.get(name).copied().unwrap_or(0));
                (count > 0).then(|| view! { <span class="n">{count}</span> })
            };
            let warn = move || {
                (name == "status" && two.get()).then(|| {
                    view! {
                        {crate::ui::components::icon::toned("claims", "icon icon--warn")}
                        <span class="vh">{tr("claims-two")}</span>
                    }
                })
            };
            view! {
                <li><a href=format!("#{name}")><span>{tr(&format!("section-{name}"))}</span>{warn}{n}</a></li>
            }
            .into_any()
        })
        .collect_view();
    view! { <nav class="pagenav sticky" aria-label=tr("on-this-page")><ul>{links}</ul></nav> }.into_any()
}

/// A section of the document with its heading.
fn section(id: &'static str, heading: &str, body: AnyView) -> AnyView {
    noted(id, heading, None, body)
}

/// The same with a word beside the heading.
fn noted(id: &'static str, heading: &str, note: Option<&str>, body: AnyView) -> AnyView {
    // No region with a name: a field of the same name must be the only thing called so, and ten landmarks help nobody.
    view! {
        <section class="doc-section" id=id>
            <div class="section-head">
                <h2>{tr(heading)}</h2>
                {note.map(|note| view! { <p>{tr(note)}</p> })}
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn summary(subject: Subject) -> AnyView {
    let body = view! {
        {Field::new(subject, "title").hint("title-hint").view()}
        {field(subject, "titles")}
        {Field::new(subject, "kind").width("w-s").view()}
        {proposal::brief(subject)}
        {field(subject, "objective")}
        {Field::new(subject, "expected-outputs").rows(3).view()}
    };
    section("summary", "section-summary", body.into_any())
}

/// Where a project that was merged goes on.
fn goes_on(live: Live<ProjectView>) -> AnyView {
    let into = live.part(|view| view.merged_into.clone());
    (move || {
        into.get().map(|(doc, title)| {
            let title = if title.is_empty() { tr("untitled") } else { title };
            view! {
                <p class="only">{icon("st-merged")}{tr("merged-on")}" "<a href=format!("/projects/{doc}")>{title}</a></p>
            }
        })
    })
    .into_any()
}

fn standing(
    doc: DocId,
    live: Live<ProjectView>,
    subject: Subject,
    report: RwSignal<bool>,
    claims: Signal<Vec<Claim>>,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    let of = StatusOf {
        doc,
        claims,
        published: live.part(|view| view.row.published),
        next: live.part(|view| view.next.clone()),
        marks,
        may_write: subject.may_write,
    };
    let body = view! {
        {goes_on(live)}
        {reports::expected(live, subject.may_write, report)}
        {status_of(of)}
        {steps::publish(doc, live)}
        {steps::steps(live)}
        {Field::new(subject, "progress-note").rows(3).view()}
        {Field::new(subject, "challenges").rows(1).view()}
        {field(subject, "remarks")}
        {Field::new(subject, "confirmed").width("w-s").hint("confirmed-hint").view()}
    };
    section("status", "section-status", body.into_any())
}

fn schedule(subject: Subject, claims: Signal<Vec<Claim>>) -> AnyView {
    let body = view! {
        <div class="fields-2">
            {claimed_date(subject, claims, ClaimKind::Start)}
            {claimed_date(subject, claims, ClaimKind::End)}
        </div>
        <div class="fields-2">
            {claimed_date(subject, claims, ClaimKind::ActualStart)}
            {claimed_date(subject, claims, ClaimKind::ActualEnd)}
        </div>
        {field(subject, "venue")}
        {Field::new(subject, "mode").width("w-s").view()}
    };
    noted("schedule", "section-schedule", Some("schedule-note"), body.into_any())
}

/// Co-leads that cannot write yet, and what lets them.
fn without_pen(doc: DocId, live: Live<ProjectView>) -> AnyView {
    let missing = live.part(|view| view.without_pen.clone());
    let names = use_parties();
    let one = move |party: PartyCode| {
        let name = names.with(|all| all.name(&party));
        let (told, act) = (t!("lead-no-pen", party = name.as_str()), t!("lead-let", party = name));
        let click = move |_| commands::send(Command::LetWrite { project: doc, party: party.clone() }, |_| {});
        view! { <p class="only">{told}<button type="button" class="btn btn--small" on:click=click>{act}</button></p> }
            .into_any()
    };
    (move || missing.get().into_iter().map(one).collect_view()).into_any()
}

fn parties(doc: DocId, live: Live<ProjectView>, subject: Subject) -> AnyView {
    let some = Memo::new(move |_| subject.record.with(|record| record.line("participation") == "list"));
    let body = view! {
        {Field::new(subject, "lead").width("w-m").view()}
        {field(subject, "co-leads")}
        {without_pen(doc, live)}
        {field(subject, "implementing-agency")}
        {field(subject, "partners")}
        {Field::new(subject, "participation").width("w-m").view()}
        {move || {
            some.get()
                .then(|| {
                    view! { {field(subject, "participants")}{field(subject, "participation-reason")} }
                })
        }}
    };
    section("parties", "section-parties", body.into_any())
}

fn funding(subject: Subject) -> AnyView {
    let body = view! {
        {field(subject, "funding-source")}
        {Field::new(subject, "budget-amount").codec(money()).width("w-s").view()}
        {Field::new(subject, "budget-currency").width("w-s").hint("currency-hint").view()}
        {Field::new(subject, "budget-visibility").width("w-m").hint("budget-hint").view()}
    };
    section("funding", "section-funding", body.into_any())
}

fn place(doc: DocId, live: Live<ProjectView>, subject: Subject) -> AnyView {
    let areas = live.part(|view| {
        view.areas
            .iter()
            .map(|(id, code, title)| (id.to_string(), format!("{code} {title}").trim().to_owned()))
            .collect::<Vec<_>>()
    });
    let link = |key: &'static str, other: Signal<Option<(DocId, String)>>| {
        (move || {
            other.get().map(|(doc, plan)| fact(key, view! { <a href=format!("/projects/{doc}")>{plan}</a> }.into_any()))
        })
        .into_any()
    };
    let from = live.part(|view| view.merged_from.clone());
    let body = view! {
        {Field::new(subject, "area").choices(areas).width("w-l").view()}
        {field(subject, "key-result")}
        {(!live.peek(is_draft).unwrap_or_default()).then(|| number::number(doc, live))}
        {link("carried-from", live.part(|view| view.carried_from.clone()))}
        {link("carried-to", live.part(|view| view.carried_to.clone()))}
        {link("merged-into", live.part(|view| view.merged_into.clone()))}
        {move || from.get().into_iter().map(|one| link("merged-from", Signal::stored(Some(one)))).collect_view()}
    };
    section("place", "section-place", body.into_any())
}

fn sources(subject: Subject) -> AnyView {
    let inferred = Memo::new(move |_| {
        subject.record.with(|record| {
            record.fields.get("inferred").is_some_and(|held| held.value == crate::domain::record::Value::Bool(true))
        })
    });
    let body = view! {
        {field(subject, "sources")}
        {field(subject, "source-note")}
        {move || inferred.get().then(|| view! { <p class="hint">{tr("inferred")}</p> })}
    };
    section("sources", "section-sources", body.into_any())
}

fn rail(live: Live<ProjectView>, claims: Signal<Vec<Claim>>, marks: Signal<BTreeMap<EntityId, Mark>>) -> AnyView {
    let acts = live.part(|view| view.snapshot.acts.clone());
    view! {
        <aside class="rail" aria-labelledby="h-log">
            <div class="section-head"><h2 id="h-log">{tr("history")}</h2></div>
            {move || live.get(|view| view.row.doc).map(|doc| view! {
                <p class="small"><a href=format!("/history/{doc}")>{tr("history-all")}</a></p>
            })}
            {move || claims.with(|claims| acts.with(|acts| marks.with(|marks| history(claims, acts, marks))))}
        </aside>
    }
    .into_any()
}
