//! What callers can bring in.

use std::path::PathBuf;
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, post, web};
use futures_util::stream::{Stream, StreamExt};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::dto::{DicomFile, ImportForm, ImportParameters};
use super::importer::{Importer, Options, TableFile};
use super::kind::Kind;
use super::report::Report;
use super::table::{self, Batch, Charset};
use super::upload::{Bounds, beginning, hand_on, problem, watched, way};
use crate::audit::Trace;
use crate::auth::{Auth, Modification};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::{Language, Query, TimeLimit, refuse_encoded};
use crate::state::AppState;
use crate::values::FaultCode;

/// Most bytes that are entered in one transaction, and of a DICOM JSON file, which is held in memory.
pub const AT_ONCE: usize = 16 * 1024 * 1024;
/// Most bytes of a DICOM file before its pixel data.
const DICOM_HEADER: usize = 4 * 1024 * 1024;
/// How long an import waits for others to end.
const QUEUE: Duration = Duration::from_mins(2);

/// What imports may take of a server.
pub struct Limits {
    bounds: Bounds,
    at_once: Semaphore,
}

impl Limits {
    /// At most so many imports at once, of at most so many bytes; one that stalls is cut off.
    pub fn new(at_once: usize, bytes: u64, stall: Duration) -> Self {
        Self { bounds: Bounds { bytes, stall }, at_once: Semaphore::new(at_once) }
    }
}

/// Import patients and studies
///
/// **CSV**: the heading names fields of patients or of studies, `;`, `,` or TAB stand between the cells, dates are written
/// `YYYY-MM-DD`, modalities are joined by commas; UTF-8, or what `charset=windows-1252` says unless there is a byte order mark. An empty cell says nothing. **NDJSON**: each
/// line is an object of the form of `POST /api/patients` or `POST /api/studies` with a member `type`, `patient` or `study`; null empties a
/// field of a row that is registered, what is absent stays. A study names its patient by `patient_fk`, or by `patient_id` and
/// `issuer_of_patient_id` (in NDJSON members of `patient`); the patient stands before it or is registered. What an export says beyond
/// that is left aside. Every rule of the API holds for every line; a row of an export, which says when it was made, may be without a name.
///
/// A patient is known by `patient_id` and `issuer_of_patient_id`, a study by `study_instance_uid`; `mode=upsert` needs them. Lines are entered
/// in batches while they come: a line that is refused stops nothing unless `atomic=true`, and what was entered stays when the rest does not
/// come. **DICOM** files and DICOM JSON complete what is registered and overwrite nothing.
///
/// Answers 200 when something could be read: the report then tells what was refused. A problem of an import that has begun has the
/// report as its member `report`. The body may have 2 GiB unless the server sets another limit.
/// Of a file with more than 10,000 lines, the rows behind them are found by the words of a search when the answer comes, or before.
#[utoipa::path(
    tag = "bulk",
    params(ImportParameters),
    request_body(description = "Rows or files", content(
        (String = "text/csv", example = "patient_id;family_name;given_name;birth_date;sex\nPAT-000123;Durand;Zoé;1980-01-31;F\n"),
        (String = "application/x-ndjson", example = "{\"type\": \"patient\", \"patient_id\": \"PAT-000123\", \"family_name\": \"Durand\"}\n"),
        (DicomFile = "application/dicom"),
        (serde_json::Value = "application/dicom+json"),
        (ImportForm = "multipart/form-data"),
    )),
    responses(
        (status = 200, description = "What became of it", body = Report),
        (status = 408, description = "The body did not arrive"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/import")]
pub async fn import_records(
    _caller: Auth<Modification>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    time_limit: TimeLimit,
    Query(parameters): Query<ImportParameters>,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    refuse_encoded(&request)?;
    let body = Body::of(&request, parameters)?;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let bounds = state.imports.bounds;
    if announced.is_some_and(|length: u64| length > bounds.bytes) {
        return Err(ApiError::new(ProblemCode::BodyTooLarge));
    }
    // The body may be long and slow; it has bounds of its own.
    time_limit.lift();
    let queue = timeout(QUEUE, state.imports.at_once.acquire());
    let Ok(Ok(_turn)) = queue.await else { return Err(ApiError::new(ProblemCode::Overloaded)) };
    let options = Options {
        mode: parameters.mode.unwrap_or_default(),
        atomic: parameters.atomic,
        dry_run: parameters.dry_run,
        language: Language::of(&request),
    };
    let mut import = Import { importer: Importer::new(&state.db, &trace, options, |_| {}), kept: Vec::new(), options };
    let bytes = Box::pin(watched(payload, bounds));
    let result = match body {
        Body::File(kind) => import.file(None, kind, bytes, |error| problem(&error)).await,
        Body::Form => import.form(Multipart::new(request.headers(), bytes), parameters).await,
    };
    let result = match result {
        Ok(()) => import.end().await,
        Err(error) => {
            import.importer.break_off();
            Err(error)
        }
    };
    answer(import.importer.report(), result)
}

fn answer(report: Report, result: ApiResult<()>) -> ApiResult<HttpResponse> {
    let refused = || if report.files.read == 0 { Err(ApiError::new(ProblemCode::ImportRefused)) } else { Ok(()) };
    match result.and_then(|()| refused()) {
        Ok(()) => Ok(HttpResponse::Ok().json(report)),
        Err(error) => {
            let report = serde_json::to_value(report).map_err(|error| ApiError::internal(error.to_string()))?;
            Err(error.with("report", report))
        }
    }
}

/// What a body is.
enum Body {
    File(Kind),
    Form,
}

impl Body {
    /// As its media type says.
    fn of(request: &HttpRequest, parameters: ImportParameters) -> ApiResult<Self> {
        let media_type =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if media_type.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            return Ok(Self::Form);
        }
        let kind = Kind::of_media_type(media_type, parameters.resource);
        let kind = kind.ok_or_else(|| ApiError::new(ProblemCode::UnsupportedMediaType))?;
        if matches!(kind, Kind::Table(_)) {
            return Ok(Self::File(kind));
        }
        let told = [("mode", parameters.mode.is_some()), ("atomic", parameters.atomic)];
        let faults: Vec<Fault> = told
            .iter()
            .filter(|(_, told)| *told)
            .map(|(name, _)| Fault::parameter(name, FaultCode::NotForDicom))
            .collect();
        if faults.is_empty() { Ok(Self::File(kind)) } else { Err(ApiError::invalid(faults)) }
    }
}

/// An import of what a request brings.
struct Import<'a> {
    importer: Importer<'a>,
    /// The files of rows that are to be entered at once.
    kept: Vec<TableFile>,
    options: Options,
}

impl Import<'_> {
    /// Takes a file.
    async fn file<E>(
        &mut self,
        name: Option<PathBuf>,
        kind: Kind,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
        problem: impl Fn(E) -> ApiError,
    ) -> ApiResult<()> {
        let path = name.as_deref();
        match kind {
            Kind::Table(form) if self.options.atomic || self.options.dry_run => {
                let taken: usize = self.kept.iter().map(|file| file.bytes.len()).sum();
                let (bytes, more) = beginning(body, AT_ONCE - taken).await.map_err(problem)?;
                if more {
                    return Err(ApiError::new(ProblemCode::BodyTooLarge));
                }
                self.kept.push(TableFile { name, form, bytes });
                Ok(())
            }
            Kind::Table(form) => {
                let (sender, received) = way();
                let lines =
                    table::read(form, Batch::OF_REQUEST, move || Ok(Box::new(received) as Box<dyn std::io::Read>));
                let (sent, entered) = tokio::join!(hand_on(body, sender), self.importer.table(path, lines));
                // What went wrong with the body comes first: the rest is what it led to.
                sent.map_err(problem).and(entered)
            }
            Kind::Dicom => {
                let (bytes, _) = beginning(body, DICOM_HEADER).await.map_err(problem)?;
                self.importer.dicom(path, bytes).await
            }
            Kind::DicomJson => {
                let (bytes, more) = beginning(body, AT_ONCE).await.map_err(problem)?;
                if more {
                    self.importer.too_large(path);
                    return Ok(());
                }
                self.importer.dicom_json(path, bytes).await
            }
        }
    }

    /// Takes the files of a form, one after another.
    async fn form(&mut self, mut form: Multipart, parameters: ImportParameters) -> ApiResult<()> {
        while let Some(field) = form.next().await {
            let field = field.map_err(|error| of_form(&error))?;
            let name =
                field.content_disposition().and_then(|disposition| disposition.get_filename()).map(PathBuf::from);
            let kind = of_field(&field, name.as_ref(), parameters);
            if self.options.atomic && !matches!(kind, Kind::Table(_)) {
                return Err(ApiError::invalid(vec![Fault::parameter("atomic", FaultCode::NotForDicom)]));
            }
            self.file(name, kind, field, |error| of_form(&error)).await?;
        }
        Ok(())
    }

    /// Enters what was kept until all had come.
    async fn end(&mut self) -> ApiResult<()> {
        if !self.kept.is_empty() {
            self.importer.at_once(&self.kept).await?;
        }
        self.importer.register().await
    }
}

/// The kind of a file of a form: its media type tells, or else its name.
fn of_field(field: &Field, name: Option<&PathBuf>, parameters: ImportParameters) -> Kind {
    let media_type = field.content_type().map(ToString::to_string).unwrap_or_default();
    Kind::of_media_type(&media_type, parameters.resource).unwrap_or_else(|| match name {
        Some(name) => Kind::of_name(name, Charset::Utf8, parameters.resource),
        None => Kind::Dicom,
    })
}

fn of_form(error: &MultipartError) -> ApiError {
    match error {
        MultipartError::Payload(error) => problem(error),
        _ => ApiError::new(ProblemCode::MalformedRequest),
    }
}
