//! Joining, inviting, taking a device away: JSON in, JSON out.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};

use super::{
    Door,
    body::{Json, token},
};
use crate::{
    hub::{
        accounts::{self, ComeBack, Join},
        core::Who,
        refusal::Refusal,
    },
    sync::join::{InviteRequest, Invited, JoinRequest, Joined, ReturnRequest, RevokeRequest},
};

/// `POST /v1/join`.
pub async fn join(State(door): State<Door>, Json(request): Json<JoinRequest>) -> Result<axum::Json<Joined>, Refusal> {
    let joined = door.core.join(Join::read(&request)?).await?;
    Ok(axum::Json(joined))
}

/// `POST /v1/return`. Doing it again changes nothing.
pub async fn come_back(
    State(door): State<Door>,
    headers: HeaderMap,
    Json(request): Json<ReturnRequest>,
) -> Result<StatusCode, Refusal> {
    let token = token(&headers)?.ok_or(Refusal::Unauthorised)?;
    door.core.come_back(ComeBack::read(&request, &token, door.core.workspace())?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/invitations`.
pub async fn invite(
    State(door): State<Door>,
    who: Who,
    Json(request): Json<InviteRequest>,
) -> Result<(StatusCode, axum::Json<Invited>), Refusal> {
    let party = request.party.parse().map_err(|_| Refusal::PartyUnknown)?;
    let role = request.role.parse().map_err(|_| Refusal::Malformed("no such role".to_owned()))?;
    let person = match &request.person {
        Some(text) => Some(text.parse().map_err(|_| Refusal::Malformed("person is no id".to_owned()))?),
        None => None,
    };
    let secret = door.core.invite(Some(&who), accounts::Wish { party, role, person, days: request.days }).await?;
    Ok((StatusCode::CREATED, axum::Json(Invited { secret: secret.text() })))
}

/// `POST /v1/devices/revoke`. Doing it again changes nothing.
pub async fn revoke(
    State(door): State<Door>,
    who: Who,
    Json(request): Json<RevokeRequest>,
) -> Result<StatusCode, Refusal> {
    let device = request.device.parse().map_err(|_| Refusal::DeviceUnknown)?;
    door.core.revoke(Some(&who), device).await?;
    Ok(StatusCode::NO_CONTENT)
}
