//! The log for the Secretariat: JSON in, JSON out.

use axum::extract::State;

use super::{Door, body::Json};
use crate::{
    domain::audit::{Ask, CheckAsk, Page, Verdict},
    hub::{core::Who, refusal::Refusal},
};

/// `POST /v1/audit`.
pub async fn page(State(door): State<Door>, who: Who, Json(ask): Json<Ask>) -> Result<axum::Json<Page>, Refusal> {
    Ok(axum::Json(door.core.audit(who, ask).await?))
}

/// `POST /v1/audit/check`: answers at once, how far it is. Doing it again changes nothing while one is under way.
pub async fn check(
    State(door): State<Door>,
    who: Who,
    Json(ask): Json<CheckAsk>,
) -> Result<axum::Json<Verdict>, Refusal> {
    Ok(axum::Json(door.core.verify(who, ask.start)?))
}
