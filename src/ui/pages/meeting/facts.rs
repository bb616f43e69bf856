//! What is known of the meeting itself, field by field, with where it comes from.

use leptos::prelude::*;

use crate::ui::{
    components::{
        field::{Field, fact, field},
        icon::icon,
    },
    i18n::tr,
};

use super::{Here, links};

/// The section, closed at first: the head says what most people need.
pub fn facts(here: Here) -> AnyView {
    let subject = here.subject();
    let sources = here.live.part(|view| {
        let members = view.snapshot.root.members("sources");
        members.map(|(source, _)| source.to_owned()).collect::<Vec<_>>().join(", ")
    });
    let own = |name, key| Field::new(subject, name).label(key).view();
    // What may be long is seen whole.
    let long = |name, key: &str| Field::new(subject, name).label(key).wrap().view();
    view! {
        <details class="meeting-facts">
            <summary>{icon("right")}<h2>{tr("meeting-facts")}</h2></summary>
            <div class="sheet fields-2">
                {long("title", "field-title")}
                {own("type", "meeting-field-type")}
                {Field::new(subject, "ordinal").label("meeting-ordinal").width("w-s").view()}
                {own("city", "meeting-field-city")}
                {field(subject, "venue")}
                {own("platform-link", "meeting-field-platform-link")}
                {own("language", "meeting-field-language")}
                {own("chair", "meeting-field-chair")}
                {own("chair-officer", "meeting-field-chair-officer")}
                {own("host", "meeting-field-host")}
                {long("organiser", "meeting-field-organiser")}
                {long("theme", "meeting-field-theme")}
                {long("statement", "meeting-field-statement")}
                {links::fields(here)}
                {field(subject, "titles")}
                {field(subject, "note")}
                {fact("field-sources", sources.into_any())}
                {long("source-note", "field-source-note")}
            </div>
        </details>
    }
    .into_any()
}
