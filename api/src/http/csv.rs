//! Cells of CSV files (RFC 4180) that spreadsheets open.
//!
//! A spreadsheet runs a cell that begins like a formula. Such a cell is defused by an apostrophe before it, and only such a
//! cell: apostrophes before other text are the text's own, so that [`restored`] undoes [`defused`] exactly.

use std::borrow::Cow;

/// What a formula can begin with: in the usual spreadsheets, after TAB or a line break too, and in full-width form.
const BEGINS_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINS_FORMULA)
}

/// The cell that shows a text and runs nothing.
pub fn defused(text: &str) -> Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// The text that a cell was made of.
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_is_defused_and_restored() {
        for text in ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''+1", "="] {
            let cell = defused(text);
            assert_eq!(cell, format!("'{text}"));
            assert_eq!(restored(&cell), text);
        }
    }

    #[test]
    fn other_cells_stay_as_they_are() {
        for text in ["", "'", "''", "'s-Hertogenbosch", "D'Artagnan", "1=1", "Durand"] {
            assert_eq!(defused(text), text);
            assert_eq!(restored(text), text);
        }
    }
}
