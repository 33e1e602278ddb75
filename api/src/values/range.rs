//! Ranges of dates and instants, as filters say them: `2026-01-31`, `2026-01`, `2026`, `A..B`, `A..`, `..B`, ends included,
//! and the DICOM forms `20260131`, `20260101-20260131`, `20260101-`, `-20260131` (PS3.4 section C.2.2.2.5).

use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait};
use time::{Date, Duration, Month, PrimitiveDateTime, Time};

use super::{FaultCode, Instant, date, instant};

/// From a first to a last day, each open when absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// From an instant to another, each open when absent; the end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstantRange {
    from: Option<Instant>,
    before: Option<Instant>,
}

/// What a column can be asked to lie in.
pub trait Range: Copy {
    /// What is left of it to those who have passed its beginning, or its end where they come from there.
    #[must_use]
    fn rest(self, descending: bool) -> Self;

    /// As a condition on a value.
    fn condition(self, value: &Expr) -> Condition;
}

impl DateRange {
    /// Reads a range.
    ///
    /// # Errors
    /// `invalid_range`.
    pub fn parse(text: &str) -> Result<Self, FaultCode> {
        let (from, to) = ends(text, '-', 8)?;
        let range = Self {
            from: from.map(days).transpose()?.map(|(first, _)| first),
            to: to.map(days).transpose()?.map(|(_, last)| last),
        };
        match (range.from, range.to) {
            (Some(from), Some(to)) if from > to => Err(FaultCode::InvalidRange),
            _ => Ok(range),
        }
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Range for DateRange {
    fn rest(self, descending: bool) -> Self {
        if descending { Self { to: None, ..self } } else { Self { from: None, ..self } }
    }

    fn condition(self, date: &Expr) -> Condition {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => Condition::all().add(date.clone().eq(from)),
            (from, to) => both(from.map(|from| date.clone().gte(from)), to.map(|to| date.clone().lte(to))),
        }
    }
}

impl InstantRange {
    /// The first instant of the range, and the first one behind it; none where it is open.
    pub fn ends(self) -> (Option<Instant>, Option<Instant>) {
        (self.from, self.before)
    }

    /// Reads a range whose ends are days, months, years or RFC 3339 instants. An end that is an instant includes it.
    ///
    /// # Errors
    /// `invalid_range`.
    pub fn parse(text: &str) -> Result<Self, FaultCode> {
        let (from, to) = ends(text, '\0', 0)?;
        let range = Self { from: from.map(first).transpose()?, before: to.map(after).transpose()?.flatten() };
        match (range.from, range.before) {
            (Some(from), Some(before)) if from >= before => Err(FaultCode::InvalidRange),
            _ => Ok(range),
        }
    }
}

impl Range for InstantRange {
    fn rest(self, descending: bool) -> Self {
        if descending { Self { before: None, ..self } } else { Self { from: None, ..self } }
    }

    fn condition(self, instant: &Expr) -> Condition {
        both(self.from.map(|from| instant.clone().gte(from)), self.before.map(|before| instant.clone().lt(before)))
    }
}

fn both(from: Option<Expr>, to: Option<Expr>) -> Condition {
    from.into_iter().chain(to).fold(Condition::all(), Condition::add)
}

/// The texts of the two ends. `dicom` separates ends that have `length` digits.
fn ends(text: &str, dicom: char, length: usize) -> Result<(Option<&str>, Option<&str>), FaultCode> {
    let text = text.trim();
    let digits = |end: &str| end.is_empty() || end.len() == length && end.bytes().all(|b| b.is_ascii_digit());
    let parts = match text.split_once("..") {
        Some(parts) => Some(parts),
        None => text.split_once(dicom).filter(|(from, to)| digits(from) && digits(to)),
    };
    let (from, to) = parts.unwrap_or((text, text));
    let some = |end: &str| !end.is_empty();
    if some(from) || some(to) {
        Ok((Some(from).filter(|end| some(end)), Some(to).filter(|end| some(end))))
    } else {
        Err(FaultCode::InvalidRange)
    }
}

/// The first and the last day of a day, a month or a year.
fn days(text: &str) -> Result<(Date, Date), FaultCode> {
    let number = |digits: &str| digits.parse::<u16>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let day = |date: Result<Date, FaultCode>| date.map(|day| (day, day)).map_err(|_| FaultCode::InvalidRange);
    match (text.len(), text.split_once('-')) {
        (8, None) if text.is_ascii() => day(date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))),
        (10, _) => day(date(text)),
        (7, Some((year, month))) if year.len() == 4 => {
            let month = number(month).and_then(|month| Month::try_from(u8::try_from(month).ok()?).ok());
            let (Some(year), Some(month)) = (number(year), month) else { return Err(FaultCode::InvalidRange) };
            span(year, month, month)
        }
        (4, None) => {
            number(text).map_or(Err(FaultCode::InvalidRange), |year| span(year, Month::January, Month::December))
        }
        _ => Err(FaultCode::InvalidRange),
    }
}

fn span(year: u16, from: Month, to: Month) -> Result<(Date, Date), FaultCode> {
    let year = i32::from(year);
    let first = Date::from_calendar_date(year, from, 1);
    let last = Date::from_calendar_date(year, to, to.length(year));
    first.and_then(|first| last.map(|last| (first, last))).ok().filter(|_| year > 0).ok_or(FaultCode::InvalidRange)
}

fn first(text: &str) -> Result<Instant, FaultCode> {
    match days(text) {
        Ok((day, _)) => Ok(PrimitiveDateTime::new(day, Time::MIDNIGHT)),
        Err(_) => instant(text).map_err(|_| FaultCode::InvalidRange),
    }
}

/// The instant at which an end is over; nothing at the end of all dates.
fn after(text: &str) -> Result<Option<Instant>, FaultCode> {
    Ok(match days(text) {
        Ok((_, day)) => PrimitiveDateTime::new(day, Time::MIDNIGHT).checked_add(Duration::DAY),
        Err(_) => instant(text).map_err(|_| FaultCode::InvalidRange)?.checked_add(Duration::MICROSECOND),
    })
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn every_form_of_a_range_is_understood() {
        let range = |text| DateRange::parse(text).map(|range| (range.from, range.to));
        let day = date!(2026 - 01 - 31);
        assert_eq!(range("2026-01-31"), Ok((Some(day), Some(day))));
        assert_eq!(range("20260131"), Ok((Some(day), Some(day))));
        assert_eq!(range("2026-02"), Ok((Some(date!(2026 - 02 - 01)), Some(date!(2026 - 02 - 28)))));
        assert_eq!(range("2026"), Ok((Some(date!(2026 - 01 - 01)), Some(date!(2026 - 12 - 31)))));
        assert_eq!(range("2025..2026-01"), Ok((Some(date!(2025 - 01 - 01)), Some(day))));
        assert_eq!(range("2026-01-31.."), Ok((Some(day), None)));
        assert_eq!(range("..2026-01-31"), Ok((None, Some(day))));
        assert_eq!(range("20250101-20260131"), Ok((Some(date!(2025 - 01 - 01)), Some(day))));
        assert_eq!(range("20260131-"), Ok((Some(day), None)));
        assert_eq!(range("-20260131"), Ok((None, Some(day))));
        for bad in
            ["", "..", "2026-13", "2026-02-30", "26", "2026..2025", "abc", "2026-1", "-", "0000", "+026", "2026010é"]
        {
            assert_eq!(range(bad), Err(FaultCode::InvalidRange), "{bad:?}");
        }
    }

    #[test]
    fn instants_range_over_whole_days() {
        let range = InstantRange::parse("2026-01-31").expect("a day");
        assert_eq!(range.from, Some(datetime!(2026-01-31 00:00)));
        assert_eq!(range.before, Some(datetime!(2026-02-01 00:00)));
        let range = InstantRange::parse("2026-01-31T10:00:00Z..").expect("an open range");
        assert_eq!((range.from, range.before), (Some(datetime!(2026-01-31 10:00)), None));
        assert_eq!(InstantRange::parse("20260131-20260201"), Err(FaultCode::InvalidRange));
    }
}
