//! Cells as words, and words read back: what people see in a column is what a spreadsheet gets and what it may bring.

use super::columns::Column;
use crate::{
    domain::{
        EntityId, PartyCode, When,
        project::{ProjectKind, ProjectStatus},
    },
    engine::api::ProjectRow,
    ui::logic::when,
};

/// Writes the time between two dates.
pub type Span = fn(Option<When>, Option<When>) -> String;

/// The names of a language, of a register and of a plan.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The head of each column.
    pub heads: Vec<(Column, String)>,
    /// The head of the column with each project's own id.
    pub id: String,
    /// Months, January first.
    pub months: Vec<String>,
    /// Parties by code.
    pub parties: Vec<(PartyCode, String)>,
    /// Priority areas: entity, code, title.
    pub areas: Vec<(EntityId, String, String)>,
    /// Statuses.
    pub statuses: Vec<(ProjectStatus, String)>,
    /// Kinds.
    pub kinds: Vec<(ProjectKind, String)>,
    /// How a date is written.
    pub date: Option<fn(When) -> String>,
    /// How the time between two is.
    pub span: Option<Span>,
}

/// The same word, whatever its case and the spaces around and in it.
#[must_use]
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn found<T: Clone>(list: &[(T, String)], text: &str) -> Option<T> {
    let wanted = folded(text);
    list.iter().find(|(_, name)| folded(name) == wanted).map(|(one, _)| one.clone())
}

fn named<T: PartialEq>(list: &[(T, String)], one: &T) -> Option<String> {
    list.iter().find(|(known, _)| known == one).map(|(_, name)| name.clone())
}

impl Names {
    /// The head of a column.
    #[must_use]
    pub fn head(&self, column: Column) -> String {
        named(&self.heads, &column).unwrap_or_else(|| column.word().to_owned())
    }

    /// Which column has this head.
    #[must_use]
    pub fn column(&self, head: &str) -> Option<Column> {
        found(&self.heads, head)
    }

    /// The name of a party.
    #[must_use]
    pub fn party(&self, code: &PartyCode) -> String {
        named(&self.parties, code).unwrap_or_else(|| code.to_string())
    }

    /// A priority area as it is written.
    #[must_use]
    pub fn area(&self, area: EntityId) -> String {
        let known = self.areas.iter().find(|(id, _, _)| *id == area);
        known.map_or_else(String::new, |(_, code, title)| format!("{code} {title}").trim().to_owned())
    }

    /// A status.
    #[must_use]
    pub fn status(&self, status: ProjectStatus) -> String {
        named(&self.statuses, &status).unwrap_or_else(|| status.word().to_owned())
    }

    /// A date; nothing where there is none.
    #[must_use]
    pub fn date(&self, when: Option<When>) -> String {
        match (when, self.date) {
            (Some(when), Some(write)) => write(when),
            (Some(when), None) => when.to_string(),
            (None, _) => String::new(),
        }
    }

    /// Parties, the first of them first.
    #[must_use]
    pub fn parties(&self, codes: &[PartyCode]) -> String {
        codes.iter().map(|code| self.party(code)).collect::<Vec<_>>().join("; ")
    }

    /// A cell as words. The number is its place in the table.
    #[must_use]
    pub fn cell(&self, row: &ProjectRow, column: Column, number: u32) -> String {
        match column {
            Column::Number => number.to_string(),
            Column::Reference => row.reference.clone().unwrap_or_default(),
            Column::Title => row.title.clone(),
            Column::Area => row.area.map(|area| self.area(area)).unwrap_or_default(),
            Column::Kind => row.kind.map(|kind| named(&self.kinds, &kind).unwrap_or_default()).unwrap_or_default(),
            Column::Objective => row.wide.objective.shown(),
            Column::Outputs => row.wide.outputs.shown(),
            Column::Indicators => row.wide.indicators.to_string(),
            Column::Time => {
                let (from, to) = if row.actual == (None, None) { row.current } else { row.actual };
                self.span.map(|span| span(from, to)).unwrap_or_default()
            }
            Column::Start => self.date(row.current.0),
            Column::End => self.date(row.current.1),
            Column::Lead => self.parties(&row.leads),
            Column::Agency => row.wide.agency.clone(),
            Column::Partners => self.parties(&row.wide.partners),
            Column::Funding => row.wide.funding.clone(),
            Column::Status => match row.shown() {
                Some(status) => self.status(status),
                None => row.claimed.iter().map(|status| self.status(*status)).collect::<Vec<_>>().join("; "),
            },
            Column::Remarks => row.remarks.clone(),
            Column::Note => row.note.clone(),
            Column::Confirmed => self.date(row.confirmed),
            Column::Sync => String::new(),
        }
    }

    /// A priority area by its code, its title, or both.
    #[must_use]
    pub fn read_area(&self, text: &str) -> Option<EntityId> {
        let wanted = folded(text);
        let says = |(id, code, title): &&(EntityId, String, String)| {
            [folded(code), folded(title), folded(&self.area(*id))]
                .iter()
                .any(|name| !name.is_empty() && *name == wanted)
        };
        self.areas.iter().find(says).map(|(id, _, _)| *id)
    }

    /// A date as people write it.
    #[must_use]
    pub fn read_date(&self, text: &str) -> Option<When> {
        when::read(text, &self.months)
    }

    /// A status by its name.
    #[must_use]
    pub fn read_status(&self, text: &str) -> Option<ProjectStatus> {
        found(&self.statuses, text).or_else(|| text.trim().parse().ok())
    }

    /// A kind by its name.
    #[must_use]
    pub fn read_kind(&self, text: &str) -> Option<ProjectKind> {
        found(&self.kinds, text).or_else(|| text.trim().parse().ok())
    }

    /// A party by its name or its code.
    #[must_use]
    pub fn read_party(&self, text: &str) -> Option<PartyCode> {
        let text = text.trim();
        let by_code = |code: &PartyCode| code.as_str().eq_ignore_ascii_case(text);
        let known = self.parties.iter().find(|(code, _)| by_code(code)).map(|(code, _)| code.clone());
        known.or_else(|| found(&self.parties, text))
    }

    /// Several parties, in one cell as people write them: with semicolons, breaks, slashes, commas. None when a word
    /// among them names nobody.
    #[must_use]
    pub fn read_parties(&self, text: &str) -> Option<Vec<PartyCode>> {
        let mut codes = Vec::new();
        let mut put = |code: PartyCode| {
            if !codes.contains(&code) {
                codes.push(code);
            }
        };
        for part in text.split([';', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()) {
            // A name may have a comma in it.
            if let Some(code) = self.read_party(part) {
                put(code);
                continue;
            }
            for word in part.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                put(self.read_party(word)?);
            }
        }
        Some(codes)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Names for tests.
    pub fn names() -> Names {
        let code = |text: &str| text.parse::<PartyCode>().expect("a code");
        let months = "January February March April May June July August September October November December";
        Names {
            heads: Column::ALL.iter().map(|column| (*column, format!("The {column}"))).collect(),
            id: "Id".to_owned(),
            months: months.split(' ').map(str::to_owned).collect(),
            parties: [("KH", "Cambodia"), ("VN", "Viet Nam"), ("KR", "Korea, Republic of")]
                .map(|(word, name)| (code(word), name.to_owned()))
                .into(),
            areas: vec![(EntityId::from_bytes([8; 16]), "PA5".to_owned(), "Modernising".to_owned())],
            statuses: ProjectStatus::ALL.iter().map(|status| (*status, status.word().replace('_', " "))).collect(),
            kinds: ProjectKind::ALL.iter().map(|kind| (*kind, kind.word().to_owned())).collect(),
            date: None,
            span: None,
        }
    }

    #[test]
    fn what_people_write_in_a_cell_is_read() {
        let names = names();
        let code = |text: &str| text.parse::<PartyCode>().expect("a code");
        assert_eq!(names.read_parties("Viet Nam; kh"), Some(vec![code("VN"), code("KH")]));
        assert_eq!(names.read_parties("Cambodia,\nViet  nam, KH"), Some(vec![code("KH"), code("VN")]));
        assert_eq!(names.read_parties("Korea, Republic of / KH"), Some(vec![code("KR"), code("KH")]));
        assert_eq!(names.read_parties("KH, Atlantis"), None);
        assert_eq!(names.read_parties(" "), Some(Vec::new()));
        let area = Some(EntityId::from_bytes([8; 16]));
        assert_eq!(["pa5", "modernising", " PA5  Modernising"].map(|text| names.read_area(text)), [area; 3]);
        assert_eq!(names.read_area(""), None);
        assert_eq!(names.read_status("carried over"), Some(ProjectStatus::CarriedOver));
        assert_eq!(names.read_kind("Activity"), Some(ProjectKind::Activity));
        assert_eq!(names.column("the  TITLE"), Some(Column::Title));
    }
}
