//! The pages that explain each kind of problem, at the address that a problem document's `type` names.

use actix_web::{HttpRequest, HttpResponse, get, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::Language;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(get_problem);
}

/// Read about a kind of problem
///
/// A page for people, in French or English as `Accept-Language` asks.
#[utoipa::path(
    tag = "problems",
    params(("code" = String, Path, description = "The problem's code", example = "stale_version")),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 404, description = "There is no such kind of problem"),
    ),
    security(()),
)]
#[get("/problems/{code}")]
pub async fn get_problem(request: HttpRequest, code: web::Path<String>) -> ApiResult<HttpResponse> {
    let language = Language::of(&request);
    let problem = ProblemCode::ALL.iter().map(|code| code.text()).find(|text| text.name == *code);
    let text = problem.ok_or_else(|| ApiError::new(ProblemCode::NotFound))?;
    let (title, detail) = (text.title(language), text.detail(language));
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} – Patientele</title>\n\
         <h1>{title}</h1>\n<p>{detail}</p>\n<p><code>{} {}</code></p>\n</html>\n",
        language.tag(),
        text.status,
        text.name,
    );
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Language", language.tag()))
        .insert_header(("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"))
        .body(page))
}
