//! The two registers: who takes part, who chaired, what gathered. ACCSM's holds everything that is not of ACCSM+3 alone, so
//! that the two together say each thing once.

use super::{
    ids,
    record::{
        Record,
        parties::{Body, Native, Officer},
        terms::{Gathering, KeyDate, Term},
    },
    sheet::{Fields, Sheet},
};
use crate::domain::{EntityId, Framework, PartyCode, party::PartyKind};

/// Title of a framework's register, and the source that calls it so.
const fn title(framework: Framework) -> (&'static str, &'static str) {
    match framework {
        Framework::Accsm => ("ASEAN Cooperation on Civil Service Matters", "moha-2022-08-02"),
        Framework::AccsmPlus3 => ("ASEAN+3 Civil Service Cooperation", "plus-three-accsm"),
    }
}

/// A gathering's entity: meetings refer to it.
pub fn gathering_id(id: &str) -> EntityId {
    ids::entity("gathering", id)
}

/// The register of a framework.
pub fn sheet(record: &Record, framework: Framework) -> Sheet {
    let is_here = |code: &PartyCode| home(record, code) == framework;
    let (title, source) = title(framework);
    let mut sheet = Sheet::with(Fields::of(record).say("title", title).source_ids(&[source.to_owned()]));
    for party in record.people.parties.iter().filter(|party| is_here(&party.code)) {
        let fields = Fields::of(record)
            .say("code", &party.code)
            .say("name", &party.name)
            .say("sort-key", party.name.to_lowercase())
            .say("kind", party.kind)
            .sources(party);
        sheet.add("parties", ids::entity("party", party.code.as_str()), natives(fields, &party.native));
    }
    for agency in record.people.agencies.iter().filter(|agency| is_here(&agency.party)) {
        let fields = Fields::of(record)
            .say("party", &agency.party)
            .say("name", &agency.name)
            .maybe("abbreviation", agency.abbreviation.as_ref())
            .sources(agency);
        sheet.add("agencies", ids::entity("agency", &agency.id), natives(fields, &agency.native));
    }
    for membership in &record.people.memberships {
        let here = match membership.framework {
            Body::Asean | Body::Accsm => framework == Framework::Accsm,
            Body::AccsmPlus3 => framework == Framework::AccsmPlus3,
        };
        if here {
            let fields = Fields::of(record)
                .say("party", &membership.party)
                .say("body", membership.framework.word())
                .say("status", membership.status)
                .maybe("from", membership.from)
                .maybe("to", membership.to)
                .maybe("basis", membership.basis.as_ref())
                .sources(membership);
            sheet.add("memberships", super::facts::membership_id(membership), fields);
        }
    }
    for officer in record.people.officers.iter().filter(|officer| is_here(&officer.party)) {
        sheet.add("officers", ids::entity("officer", &officer.id), self::officer(record, officer));
    }
    if framework == Framework::Accsm {
        for term in &record.terms.terms {
            sheet.add("terms", ids::entity("term", &term.ordinal.to_string()), self::term(record, term));
        }
        for gathering in &record.terms.gatherings {
            sheet.add("gatherings", gathering_id(&gathering.id), self::gathering(record, gathering));
        }
    }
    sheet
}

/// The register that describes a party.
fn home(record: &Record, code: &PartyCode) -> Framework {
    let kind = record.people.parties.iter().find(|party| party.code == *code).map(|party| party.kind);
    match kind {
        Some(PartyKind::PlusThree) => Framework::AccsmPlus3,
        Some(
            PartyKind::MemberState | PartyKind::DialoguePartner | PartyKind::Secretariat | PartyKind::InternationalOrg,
        )
        | None => Framework::Accsm,
    }
}

fn natives<'a>(fields: Fields<'a>, names: &[Native]) -> Fields<'a> {
    names.iter().fold(fields, |fields, native| fields.tongue("names", &native.tag, &native.name))
}

fn officer<'a>(record: &'a Record, officer: &Officer) -> Fields<'a> {
    Fields::of(record)
        .say("party", &officer.party)
        .say("agency", ids::entity("agency", &officer.agency))
        .say("name", officer.latin.as_ref().unwrap_or(&officer.name))
        .tongue("names", &officer.tag, &officer.name)
        .maybe("honorific", officer.honorific.as_ref())
        .say("title", &officer.title)
        .say("as-of", officer.as_of)
        .sources(officer)
}

fn term<'a>(record: &'a Record, term: &Term) -> Fields<'a> {
    let years: Vec<&str> = term.published.iter().map(|published| published.text.as_str()).collect();
    let mut note: Vec<String> = term.note.iter().cloned().collect();
    note.extend(
        term.theme_aliases.iter().map(|alias| format!("“{}” [{}]", alias.text, sources(record, &alias.source))),
    );
    note.extend(term.key_dates.iter().map(|date| key_date(record, date)));
    let mut fields = Fields::of(record)
        .int("ordinal", Some(term.ordinal))
        .int("ordinal-plus3", term.plus_three_ordinal)
        .say("chair", &term.party)
        .say("period", years.join("; "))
        .maybe("from", term.from)
        .maybe("to", term.to)
        .maybe("effective-from", term.effective_from)
        .maybe("handed-over", term.handed_over_at)
        .prose("note", note.join("\n"))
        .sources(term);
    if let Some(theme) = &term.theme {
        fields = fields.title("theme", "themes", theme);
    }
    let elsewhere = term.published.iter().flat_map(|it| &it.source).filter(|id| !term.source.contains(id));
    fields.members("sources", elsewhere.filter_map(|id| record.source_text(id)))
}

/// One line: when, what, where, and from which source.
fn key_date(record: &Record, date: &KeyDate) -> String {
    let days = date.to.map_or_else(|| date.from.to_string(), |to| format!("{}/{to}", date.from));
    let what = [Some(&date.what), date.place.as_ref(), date.note.as_ref()];
    let what: Vec<&str> = what.into_iter().flatten().map(|text| text.trim_end_matches('.')).collect();
    format!("{days}: {} [{}]", what.join(". "), sources(record, &date.source))
}

/// Sources as a reader is told, in one line.
pub fn sources(record: &Record, ids: &[String]) -> String {
    let texts: Vec<&str> = ids.iter().filter_map(|id| record.source_text(id)).collect();
    texts.join("; ")
}

fn gathering<'a>(record: &'a Record, gathering: &Gathering) -> Fields<'a> {
    let mut note: Vec<&str> = gathering.note.as_deref().into_iter().collect();
    note.extend(gathering.business.iter().map(|business| business.title.english()));
    Fields::of(record)
        .title("title", "titles", &gathering.title)
        .int("term", Some(gathering.term))
        .maybe("host", gathering.hosts.first().map(|host| &host.party))
        .maybe("city", gathering.city.as_ref())
        .say("start", gathering.from)
        .say("end", gathering.to)
        .maybe("mode", gathering.mode)
        .prose("note", note.join("\n"))
        .sources(gathering)
}
