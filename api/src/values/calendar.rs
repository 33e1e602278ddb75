//! DA and TM values as ISO 8601, and instants.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::macros::{date, format_description};
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

use super::FaultCode;

/// A point in time as the registry stores it: UTC, to the microsecond.
pub type Instant = PrimitiveDateTime;

/// No living patient was born before.
const EARLIEST_BIRTH: Date = date!(1800 - 01 - 01);
/// No study is older than the oldest patient.
const EARLIEST_STUDY: Date = EARLIEST_BIRTH;

/// The present, to the microsecond: what both engines can keep.
pub fn now() -> Instant {
    let now = OffsetDateTime::now_utc();
    microseconds(PrimitiveDateTime::new(now.date(), now.time()))
}

/// The instant cut to whole microseconds.
pub fn microseconds(instant: Instant) -> Instant {
    instant.replace_microsecond(instant.microsecond()).unwrap_or(instant)
}

/// Today's date in UTC.
pub fn today() -> Date {
    OffsetDateTime::now_utc().date()
}

/// A calendar date, `YYYY-MM-DD`, of the years 1 to 9999.
pub fn date(text: &str) -> Result<Date, FaultCode> {
    if text.len() != 10 {
        return Err(FaultCode::InvalidDate);
    }
    let date = Date::parse(text, format_description!("[year]-[month]-[day]")).map_err(|_| FaultCode::InvalidDate)?;
    if date.year() < 1 { Err(FaultCode::InvalidDate) } else { Ok(date) }
}

/// A birth date: from 1800 on, and not in the future (a day's grace covers the time zones ahead of UTC).
pub fn birth_date(date: Date) -> Result<Date, FaultCode> {
    if date < EARLIEST_BIRTH {
        Err(FaultCode::DateImplausible)
    } else if date > tomorrow() {
        Err(FaultCode::DateInFuture)
    } else {
        Ok(date)
    }
}

/// A study date: not in the future, unless the study may not have taken place.
pub fn study_date(date: Date, took_place: bool) -> Result<Date, FaultCode> {
    if date < EARLIEST_STUDY {
        Err(FaultCode::DateImplausible)
    } else if date > tomorrow() && took_place {
        Err(FaultCode::DateInFuture)
    } else {
        Ok(date)
    }
}

/// A time of day, `HH:MM`, `HH:MM:SS` or `HH:MM:SS.ffffff`; what is not said is zero.
pub fn time_of_day(text: &str) -> Result<Time, FaultCode> {
    let has_shape = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_fraction =
        |digits: &str| (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = match fraction {
        Some(digits) => has_shape(whole, "00:00:00") && is_fraction(digits),
        None => has_shape(whole, "00:00") || has_shape(whole, "00:00:00"),
    };
    if !well_formed {
        return Err(FaultCode::InvalidTime);
    }
    let number = |range: std::ops::Range<usize>| whole.get(range).and_then(|digits| digits.parse::<u8>().ok());
    let microsecond = fraction.map_or(0, |digits| format!("{digits:0<6}").parse().unwrap_or(0));
    let second = if whole.len() > 5 { number(6..8) } else { Some(0) };
    match (number(0..2), number(3..5), second) {
        (Some(hour), Some(minute), Some(second)) => {
            Time::from_hms_micro(hour, minute, second, microsecond).map_err(|_| FaultCode::InvalidTime)
        }
        _ => Err(FaultCode::InvalidTime),
    }
}

/// An instant: RFC 3339, in any offset.
pub fn instant(text: &str) -> Result<Instant, FaultCode> {
    let instant = OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(text, &Iso8601::PARSING))
        .ok()
        .and_then(|instant| instant.checked_to_offset(time::UtcOffset::UTC))
        .filter(|instant| (1..=9999).contains(&instant.year()))
        .ok_or(FaultCode::InvalidDate)?;
    Ok(microseconds(PrimitiveDateTime::new(instant.date(), instant.time())))
}

/// The date as ISO 8601.
pub fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// The time of day as ISO 8601, with a fraction only where there is one.
pub fn time_text(time: Time) -> String {
    let seconds = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    if time.microsecond() == 0 { seconds } else { format!("{seconds}.{:06}", time.microsecond()) }
}

/// The instant as RFC 3339 in UTC, to the microsecond.
pub fn instant_text(instant: Instant) -> String {
    let time = instant.time();
    let (hour, minute, second, micro) = time.as_hms_micro();
    format!("{}T{hour:02}:{minute:02}:{second:02}.{micro:06}Z", date_text(instant.date()))
}

fn tomorrow() -> Date {
    today().saturating_add(Duration::DAY)
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, time};

    use super::*;

    #[test]
    fn dates_are_real_days() {
        assert_eq!(date("2024-02-29"), Ok(date!(2024 - 02 - 29)));
        for bad in ["2023-02-29", "2024-2-9", "24-02-09", "20240229", "", "2024-13-01", "+024-01-01", "0000-01-01"] {
            assert_eq!(date(bad), Err(FaultCode::InvalidDate), "{bad:?}");
        }
    }

    #[test]
    fn births_lie_between_1800_and_now() {
        assert_eq!(birth_date(date!(1799 - 12 - 31)), Err(FaultCode::DateImplausible));
        assert_eq!(birth_date(date!(9999 - 01 - 01)), Err(FaultCode::DateInFuture));
        assert_eq!(birth_date(date!(1980 - 01 - 31)), Ok(date!(1980 - 01 - 31)));
        assert_eq!(study_date(date!(9999 - 01 - 01), false), Ok(date!(9999 - 01 - 01)));
        assert_eq!(study_date(date!(9999 - 01 - 01), true), Err(FaultCode::DateInFuture));
    }

    #[test]
    fn times_may_leave_out_what_is_not_known() {
        assert_eq!(time_of_day("08:30"), Ok(time!(8:30)));
        assert_eq!(time_of_day("08:30:15"), Ok(time!(8:30:15)));
        assert_eq!(time_of_day("08:30:15.5"), Ok(time!(8:30:15.5)));
        assert_eq!(time_of_day("23:59:59.123456"), Ok(time!(23:59:59.123456)));
        let bad = ["", "8:30", "24:00", "08:60", "08:30:61", "0830", "08:3é:00", "08:30:é", "08:30.5"];
        let bad_with_fraction =
            ["08:30:15.", "08:30:15.1234567", "08:30:15.5.5", "08x30y15.5", "08-30-15.5", "+8:30:15.5", "08:30:15,5"];
        for bad in bad.into_iter().chain(bad_with_fraction) {
            assert_eq!(time_of_day(bad), Err(FaultCode::InvalidTime), "{bad:?}");
        }
    }

    #[test]
    fn instants_are_utc_microseconds() {
        assert_eq!(instant("2026-11-22T10:00:00.1234567+01:00"), Ok(datetime!(2026-11-22 09:00:00.123456)));
        for bad in ["yesterday", "9999-12-31T23:59:59-02:00", "0001-01-01T00:00:00+02:00", "0000-06-01T00:00:00Z"] {
            assert_eq!(instant(bad), Err(FaultCode::InvalidDate), "{bad}");
        }
    }
}
