//! Calendar files of meetings (RFC 5545). Times are written in UTC, so that they are right in every calendar without a table of
//! zones; a meeting of which only days are known takes whole days. A meeting keeps its UID, the document's id, for ever, and its
//! SEQUENCE only grows, so that a calendar that has it moves it. What is put off is cancelled there, and comes back when it has
//! a date again.

use crate::{
    domain::{Date, When, meeting::MeetingState},
    engine::api::MeetingRow,
};

use super::zone::{Local, moment};

/// A line has so many octets at most before it is folded.
const LINE: usize = 75;

/// What a file needs beside the meetings.
pub struct Around<'a> {
    /// How many minutes the clocks of a zone are ahead of UTC at a moment in milliseconds.
    pub ahead: &'a dyn Fn(&str, u64) -> Option<i32>,
    /// The moment at which the file is made, in minutes since 1970.
    pub now: i64,
    /// What the calendar is called.
    pub name: &'a str,
    /// What a meeting's description says.
    pub about: &'a dyn Fn(&MeetingRow) -> String,
}

/// Text as a property's value: backslash, semicolon, comma and line breaks escaped.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded so that none has more than 75 octets and none breaks a character.
fn line(out: &mut String, content: &str) {
    let mut room = LINE;
    for c in content.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

fn date(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year, date.month, date.day)
}

fn instant(minutes: i64) -> String {
    let Local { date: day, clock } = Local::of_minutes(minutes);
    format!("{}T{:02}{:02}00Z", date(day), clock.hour, clock.minute)
}

fn day(when: Option<When>) -> Option<Date> {
    match when? {
        When::Day(day) => Some(day),
        When::Year(_) | When::Quarter(..) | When::Month(..) => None,
    }
}

/// When an event is: properties `DTSTART` and `DTEND`; none while a meeting has no day.
fn span(row: &MeetingRow, around: &Around<'_>) -> Option<[String; 2]> {
    let first = day(row.start)?;
    let last = day(row.end).unwrap_or(first);
    let at = |date, clock| moment(date, clock, |millis| (around.ahead)(&row.zone, millis));
    let timed = row.from.filter(|_| !row.zone.is_empty()).and_then(|from| {
        let begins = at(first, from)?;
        // Without an end it is as long as a working day is left to it: an hour.
        let ends = row.until.and_then(|until| at(last, until)).filter(|ends| *ends > begins).unwrap_or(begins + 60);
        Some([format!("DTSTART:{}", instant(begins)), format!("DTEND:{}", instant(ends))])
    });
    // The day on which it is over is not in it.
    let days = [format!("DTSTART;VALUE=DATE:{}", date(first)), format!("DTEND;VALUE=DATE:{}", date(last.plus_days(1)))];
    Some(timed.unwrap_or(days))
}

/// Whether a meeting can stand in a calendar: it has a day.
#[must_use]
pub fn has_day(row: &MeetingRow) -> bool {
    day(row.start).is_some()
}

fn status(row: &MeetingRow) -> &'static str {
    match row.state.map(|standing| standing.state) {
        None | Some(MeetingState::Proposed) => "TENTATIVE",
        Some(MeetingState::Cancelled | MeetingState::Postponed) => "CANCELLED",
        Some(
            MeetingState::DateConfirmed
            | MeetingState::Invited
            | MeetingState::DocumentsOut
            | MeetingState::InSession
            | MeetingState::Adjourned
            | MeetingState::ReportCirculated
            | MeetingState::ReportAdopted
            | MeetingState::Closed,
        ) => "CONFIRMED",
    }
}

fn event(out: &mut String, row: &MeetingRow, around: &Around<'_>) {
    let Some([starts, ends]) = span(row, around) else { return };
    let place = [row.venue.as_str(), row.city.as_str()].into_iter().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    let about = (around.about)(row);
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", row.doc));
    line(out, &format!("DTSTAMP:{}", instant(around.now)));
    line(out, &starts);
    line(out, &ends);
    line(out, &format!("SEQUENCE:{}", row.revision));
    line(out, &format!("STATUS:{}", status(row)));
    line(out, &format!("SUMMARY:{}", text(&row.title)));
    for (name, value) in [("LOCATION", place), ("DESCRIPTION", about)] {
        if !value.is_empty() {
            line(out, &format!("{name}:{}", text(&value)));
        }
    }
    if !row.link.is_empty() {
        line(out, &format!("URL:{}", row.link));
    }
    line(out, "END:VEVENT");
}

/// A calendar file of these meetings; those without a day are left out.
#[must_use]
pub fn calendar(rows: &[MeetingRow], around: &Around<'_>) -> String {
    let mut out = String::new();
    for head in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mufakat//Meetings//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        line(&mut out, head);
    }
    if !around.name.is_empty() {
        line(&mut out, &format!("NAME:{}", text(around.name)));
        line(&mut out, &format!("X-WR-CALNAME:{}", text(around.name)));
    }
    for row in rows {
        event(&mut out, row, around);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

#[cfg(test)]
mod tests;
