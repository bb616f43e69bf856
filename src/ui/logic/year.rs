//! The meetings of a year by quarter and month, as far as their dates are known.

use crate::{domain::When, engine::api::MeetingRow};

/// A quarter: its three months, and what is only known to fall into it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quarter {
    /// Meetings by the month of their first day.
    pub months: [Vec<MeetingRow>; 3],
    /// Some time in the quarter.
    pub some_time: Vec<MeetingRow>,
}

/// A year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Year {
    /// Its quarters.
    pub quarters: [Quarter; 4],
    /// Some time in the year.
    pub some_time: Vec<MeetingRow>,
}

fn year_of(when: When) -> i16 {
    when.bounds().0.year
}

/// The years in which meetings begin, from first to last; none where no meeting has a date.
#[must_use]
pub fn years(rows: &[MeetingRow]) -> Option<(i16, i16)> {
    let known = || rows.iter().filter_map(|row| row.start).map(year_of);
    Some((known().min()?, known().max()?))
}

/// The meetings that begin in a year, each list in the order of their days.
#[must_use]
pub fn year(rows: &[MeetingRow], year: i16) -> Year {
    let mut found = Year::default();
    let mut rows: Vec<&MeetingRow> =
        rows.iter().filter(|row| row.start.is_some_and(|start| year_of(start) == year)).collect();
    rows.sort_by_key(|row| (row.start.map(|start| start.bounds()), row.from, row.doc));
    for row in rows {
        let month = match row.start {
            Some(When::Day(day)) => Some(day.month),
            Some(When::Month(_, month)) => Some(month),
            Some(When::Quarter(_, quarter)) => {
                if let Some(quarter) = found.quarters.get_mut(usize::from(quarter).saturating_sub(1)) {
                    quarter.some_time.push(row.clone());
                }
                continue;
            }
            Some(When::Year(_)) | None => None,
        };
        match month.map(|month| usize::from(month).saturating_sub(1)) {
            Some(month) => {
                if let Some(quarter) = found.quarters.get_mut(month / 3) {
                    quarter.months[month % 3].push(row.clone());
                }
            }
            None => found.some_time.push(row.clone()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::DocId, engine::api::Mark};

    fn row(n: u8, start: &str) -> MeetingRow {
        MeetingRow {
            doc: DocId::from_bytes([n; 16]),
            title: String::new(),
            meeting: None,
            framework: None,
            gathering: None,
            term: None,
            start: start.parse().ok(),
            end: None,
            from: None,
            until: None,
            zone: String::new(),
            planned: None,
            mode: None,
            city: String::new(),
            venue: String::new(),
            link: String::new(),
            ordinal: None,
            predecessor: None,
            reports_to: None,
            parallel: None,
            open_session: None,
            revision: 0,
            days: Vec::new(),
            chair: None,
            host: None,
            state: None,
            items: 0,
            mark: Mark::Hub,
        }
    }

    #[test]
    fn every_meeting_of_a_year_stands_once_where_its_date_puts_it() {
        let rows = [
            row(1, "2022-08-05"),
            row(2, "2022-08-03"),
            row(3, "2022-08"),
            row(4, "2022-Q4"),
            row(5, "2022"),
            row(6, "2021-12-31"),
            row(7, ""),
            row(8, "2022-12-31"),
        ];
        assert_eq!(years(&rows), Some((2021, 2022)));
        let found = year(&rows, 2022);
        let of = |rows: &[MeetingRow]| rows.iter().map(|row| row.doc.to_bytes()[0]).collect::<Vec<_>>();
        assert_eq!(of(&found.quarters[2].months[1]), [3, 2, 1], "the whole month first, then by day");
        assert_eq!((of(&found.quarters[3].some_time), of(&found.quarters[3].months[2])), (vec![4], vec![8]));
        assert_eq!(of(&found.some_time), [5]);
        let all = found.quarters.iter().flat_map(|q| q.months.iter().chain([&q.some_time])).flatten().count();
        assert_eq!(all + found.some_time.len(), 6);
        assert_eq!(years(&[row(7, "")]), None);
    }
}
