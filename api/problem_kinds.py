"""Which kinds of problems there are: one table for errors of the domain, one for those of HTTP itself."""

from dataclasses import dataclass

from matcher.domain.errors import (
    AccountNotFound,
    ApiKeyNotFound,
    CarrierNotFound,
    ConsentNotFound,
    EncoderUnavailable,
    ForgedRequest,
    IllegalStep,
    ImportRefused,
    InvalidEntryRule,
    InvalidField,
    InvalidFile,
    InvalidInput,
    InvalidText,
    KeyReused,
    LeadNotFound,
    ListNotFound,
    LoginTaken,
    MatcherError,
    ModelNotFound,
    NotAllowed,
    NotFound,
    Outdated,
    PackageMissing,
    RunInProgress,
    RunNotFound,
    RunStopped,
    SecretText,
    SeedNotFound,
    SignInNeeded,
    SignInRefused,
    StartupNotFound,
    StoreBusy,
    StoreFull,
    StoreNotReady,
    TooMany,
)
from matcher.domain.messages import Message

NO_DETAIL = Message("")  # an error of the domain brings its own words


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `detail` is said where no error says more."""

    slug: str
    status: int
    title: Message
    detail: Message


KINDS: dict[type[MatcherError], Kind] = {
    InvalidInput: Kind("invalid-input", 422, Message("Invalid input"), NO_DETAIL),
    InvalidText: Kind("invalid-text", 422, Message("Invalid text"), NO_DETAIL),
    InvalidField: Kind("invalid-field", 422, Message("Invalid field"), NO_DETAIL),
    InvalidEntryRule: Kind("invalid-entry-rule", 422, Message("Invalid entry rule"), NO_DETAIL),
    SecretText: Kind("secret-text", 422, Message("Marked as secret"), NO_DETAIL),
    KeyReused: Kind("key-reused", 422, Message("Key used before"), NO_DETAIL),
    ImportRefused: Kind("import-refused", 422, Message("Rows that cannot be used"), NO_DETAIL),
    StartupNotFound: Kind("startup-not-found", 404, Message("No such startup"), NO_DETAIL),
    InvalidFile: Kind("invalid-file", 422, Message("Invalid file"), NO_DETAIL),
    NotFound: Kind("not-found", 404, Message("Not found"), NO_DETAIL),
    CarrierNotFound: Kind("carrier-not-found", 404, Message("No such carrier"), NO_DETAIL),
    AccountNotFound: Kind("account-not-found", 404, Message("No such account"), NO_DETAIL),
    ListNotFound: Kind("list-not-found", 404, Message("No such list"), NO_DETAIL),
    ApiKeyNotFound: Kind("api-key-not-found", 404, Message("No such key"), NO_DETAIL),
    LeadNotFound: Kind("lead-not-found", 404, Message("No such lead"), NO_DETAIL),
    RunNotFound: Kind("run-not-found", 404, Message("No such run"), NO_DETAIL),
    ConsentNotFound: Kind("consent-not-found", 404, Message("No such consent"), NO_DETAIL),
    SignInNeeded: Kind("sign-in-needed", 401, Message("Sign in first"), NO_DETAIL),
    SignInRefused: Kind("sign-in-refused", 401, Message("Sign-in refused"), NO_DETAIL),
    NotAllowed: Kind("not-allowed", 403, Message("Not allowed"), NO_DETAIL),
    ForgedRequest: Kind("forged-request", 403, Message("Not sent by the page"), NO_DETAIL),
    TooMany: Kind("too-many", 429, Message("Too many requests"), NO_DETAIL),
    LoginTaken: Kind("login-taken", 409, Message("Login taken"), NO_DETAIL),
    IllegalStep: Kind("illegal-step", 409, Message("Not a step from here"), NO_DETAIL),
    Outdated: Kind("outdated", 412, Message("Outdated"), NO_DETAIL),
    SeedNotFound: Kind("seed-not-found", 503, Message("Not ready"), NO_DETAIL),
    StoreNotReady: Kind("store-not-ready", 503, Message("Not ready"), NO_DETAIL),
    StoreBusy: Kind("store-busy", 503, Message("Busy"), NO_DETAIL),
    StoreFull: Kind("store-full", 503, Message("No space left"), NO_DETAIL),
    RunInProgress: Kind("run-in-progress", 409, Message("Another run is going on"), NO_DETAIL),
    RunStopped: Kind("run-stopped", 409, Message("The run was stopped"), NO_DETAIL),
    PackageMissing: Kind("package-missing", 503, Message("Not ready"), NO_DETAIL),
    ModelNotFound: Kind("model-not-found", 503, Message("Not ready"), NO_DETAIL),
    EncoderUnavailable: Kind("encoder-unavailable", 503, Message("Not ready"), NO_DETAIL),
    MatcherError: Kind("failed", 500, Message("Failed"), NO_DETAIL),
}
NOT_JSON = Kind("not-json", 400, Message("Not JSON"), Message("The body cannot be read as JSON in UTF-8."))
NOT_A_FORM = Kind(
    "not-a-form", 400, Message("Not a form"), Message("What was sent cannot be read as this page's form.")
)
INVALID_REQUEST = Kind(
    "invalid-request",
    422,
    Message("Invalid request"),
    Message("The request has fields that cannot be used; `errors` names each and what was expected."),
)
FAILED = Kind("failed", 500, Message("Failed"), Message("Something went wrong here, not in the request."))
NOT_FOUND = Kind("not-found", 404, Message("Not found"), Message("There is nothing at this address."))
BY_STATUS: dict[int, Kind] = {
    400: NOT_JSON,
    422: INVALID_REQUEST,
    500: FAILED,
    404: NOT_FOUND,
    405: Kind(
        "method-not-allowed", 405, Message("Method not allowed"), Message("This address does not take this method.")
    ),
    408: Kind("body-too-slow", 408, Message("Body too slow"), Message("The body did not arrive in time.")),
    413: Kind("body-too-large", 413, Message("Body too large"), Message("The body is larger than this address takes.")),
    415: Kind(
        "unsupported-media-type",
        415,
        Message("Unsupported media type"),
        Message("The body must be sent as application/json, or as a file in a form that this address takes."),
    ),
    428: Kind(
        "if-match-needed",
        428,
        Message("If-Match needed"),
        Message("Send the ETag with which the record was read as `If-Match`, so that no other change is lost."),
    ),
}
