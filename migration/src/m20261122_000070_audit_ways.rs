//! Ways to the events of each value that the trail is asked for. New events come at the end of every value's stretch, so that they
//! cost little.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_index, index};

// The last one has the row's id at hand, so that the events of other rows need not be read.
const INDEXES: [(&str, &str); 5] = [
    ("audit_event_of_action", "action, id"),
    ("audit_event_of_outcome", "outcome, id"),
    ("audit_event_of_request", "request_id, id"),
    ("audit_event_of_actor_type", "actor_type, id"),
    ("audit_event_of_resource_type", "resource_type, id, resource_id"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in INDEXES {
            index(manager, &format!("{name} ON audit_event ({column})")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            drop_index(manager, "audit_event", name).await?;
        }
        Ok(())
    }
}
