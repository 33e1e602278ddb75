//! For `bench/audit_cost.py` alone: lets a server leave no events, so that one that does can be set beside it. A program that is built
//! without the feature `unaudited` knows nothing of it.

use std::sync::atomic::{AtomicBool, Ordering};

static UNAUDITED: AtomicBool = AtomicBool::new(false);

/// From now on this process leaves no events.
pub fn begin() {
    UNAUDITED.store(true, Ordering::Relaxed);
    let warning =
        "THE AUDIT TRAIL IS OFF. This program was built to measure what the trail costs; never keep patients with it.";
    eprintln!("patientele: {warning}");
    tracing::error!("{warning}");
}

pub(super) fn is_begun() -> bool {
    UNAUDITED.load(Ordering::Relaxed)
}
