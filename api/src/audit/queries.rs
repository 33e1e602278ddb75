//! The trail in the database. Rows are added and, below a checkpoint, pruned; nothing else is ever done to them.

use entity::audit_event;
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

const COLUMNS: &str = "id, at, actor_type, actor_id, actor_name, action, outcome, resource_type, resource_id, patient_fk, \
    version_before, version_after, changed, parameters, results, details, address, request_id, user_agent, mac";
const PLACES: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
/// Most rows of one statement.
pub const MOST_ROWS: usize = 256;

/// Adds rows, all or none.
pub async fn insert_some(db: &impl ConnectionTrait, rows: Vec<audit_event::Model>) -> Result<(), DbErr> {
    let places = vec![PLACES; rows.len()].join(", ");
    let sql = format!("INSERT INTO audit_event ({COLUMNS}) VALUES {places}");
    let values = rows.into_iter().flat_map(values);
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

fn values(row: audit_event::Model) -> [Value; 20] {
    [
        row.id.into(),
        row.at.into(),
        row.actor_type.into(),
        row.actor_id.into(),
        row.actor_name.into(),
        row.action.into(),
        row.outcome.into(),
        row.resource_type.into(),
        row.resource_id.into(),
        row.patient_fk.into(),
        row.version_before.into(),
        row.version_after.into(),
        row.changed.into(),
        row.parameters.into(),
        row.results.into(),
        row.details.into(),
        row.address.into(),
        row.request_id.into(),
        row.user_agent.into(),
        row.mac.into(),
    ]
}
