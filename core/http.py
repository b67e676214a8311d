"""The HTTP edge: our `Api`, `Blueprint` and `Schema`; the error body; permissions; the commit."""

import logging
import uuid
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar, cast

import flask_smorest
import marshmallow as ma
import redis.exceptions
from flask import Flask, Response, g, make_response, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, UnsupportedMediaType

from core import auth, events
from core.auth import Permission
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.storage import StorageAway
from core.tenancy import current_tenant_or_none

log = logging.getLogger("lernejo.http")

View = TypeVar("View", bound=Callable[..., Any])

MAX_BODY_BYTES = 1024 * 1024
PREFIX = "/api/v1"


def content_security_policy(files_origin: str | None) -> str:
    """The policy of every page; a link to a file is followed only if the storage's own origin is allowed as well."""
    files = f" {files_origin}" if files_origin else ""
    return (
        f"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{files}; "
        f"media-src 'self' blob:{files}; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )


class Schema(ma.Schema):
    """Unknown fields are an error that names them, never silently dropped."""

    class Meta:
        unknown = ma.RAISE


class Text(ma.fields.String):
    """A string with stated bounds, without the control characters that no keyboard types and PostgreSQL refuses."""

    def __init__(self, *, at_least: int = 0, at_most: int, **kwargs: Any) -> None:
        super().__init__(validate=[ma.validate.Length(min=at_least, max=at_most), _no_control], **kwargs)


class Name(Text):
    """What people read as a name: at least one sign that is no blank, and no blanks around it."""

    def __init__(self, *, at_most: int, **kwargs: Any) -> None:
        super().__init__(at_least=1, at_most=at_most, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip()


class Choice(ma.fields.String):
    """One value of a `StrEnum`, given as the member or as its value."""

    def __init__(self, enum: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(validate=ma.validate.OneOf([member.value for member in enum]), **kwargs)


def _no_control(text: str) -> None:
    if any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise ma.ValidationError("Contains a control character; remove it.")


class ErrorSchema(Schema):
    """The one error body."""

    code = ma.fields.String(required=True, metadata={"description": "Stable, for programs.", "example": "not_found"})
    message = ma.fields.String(required=True, metadata={"description": "For developers, in English."})
    fields_ = ma.fields.Dict(
        data_key="fields",
        attribute="fields",
        metadata={"description": "By place (json, query) and field, what is wrong."},
    )
    request_id = ma.fields.String(required=True, metadata={"description": "Quote it when you report a fault."})


# Codes for failures that the framework raises; our own carry theirs.
_HTTP_CODES = {400: "malformed_request", 413: "too_large", 415: "unsupported_media_type", 422: "invalid_input"}


def error_body(code: str, message: str, fields: object = None) -> dict[str, object]:
    """The error body as a dict; `fields` is left out when there is nothing to say about them."""
    body: dict[str, object] = {"code": code, "message": message, "request_id": g.get("request_id", "")}
    return body | ({"fields": fields} if fields else {})


class Api(flask_smorest.Api):
    """flask-smorest with our error body and our failures."""

    ERROR_SCHEMA = ErrorSchema

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        data = getattr(error, "data", None) or {}
        fields = data.get("messages") or data.get("errors")
        code = _HTTP_CODES.get(status) or HTTPStatus(status).name.lower()
        message = "See `fields`." if fields else str(data.get("message") or error.description or error.name)
        headers = [pair for pair in error.get_headers() if pair[0].lower() not in ("content-type", "content-length")]
        return error_body(code, message, fields), status, headers

    def _register_error_handlers(self) -> None:
        super()._register_error_handlers()
        self._app.register_error_handler(DomainError, _domain_error)
        redis_away = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError)
        for lost in (OperationalError, PoolTimeout, StorageAway, *redis_away):
            self._app.register_error_handler(lost, _unavailable)
        self._app.register_error_handler(DBAPIError, _database_error)
        self._app.register_error_handler(InternalServerError, _crash)


def _domain_error(error: DomainError) -> ResponseReturnValue:
    return error_body(error.code, error.message, error.fields), error.status


def _unavailable(error: Exception) -> ResponseReturnValue:
    log.warning("a service is away", exc_info=error)
    message = "A part of the service is away for a moment; send the same request again."
    return error_body("unavailable", message), 503, {"Retry-After": "2"}


def _database_error(error: DBAPIError) -> ResponseReturnValue:
    if error.connection_invalidated:
        return _unavailable(error)
    raise error


def _crash(_error: Exception) -> ResponseReturnValue:
    return error_body("internal_error", "Something went wrong on our side; the request id helps us find it."), 500


class JsonParser(FlaskParser):
    """Bodies are JSON objects; whatever else comes is the client's error, said as such before any schema sees it."""

    def load_json(self, req: Any, schema: ma.Schema) -> Any:
        if req.get_data(cache=True) and not is_json(req.mimetype):
            raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")
        try:
            body = super().load_json(req, schema)
        except (ValueError, RecursionError):  # numbers of thousands of digits, brackets nested without end
            raise BadRequest("The body is not JSON that can be read.") from None
        if body is not ma.missing and not isinstance(body, dict):
            raise ma.ValidationError("The body must be a JSON object.")
        return body


class UndeclaredRoute(RuntimeError):
    """A route names no permission and does not say it is public; start-up refuses it."""


class Blueprint(flask_smorest.Blueprint):
    """flask-smorest with declared permissions and the commit.

    Decorators always in this order: `route`, `permission` or `public`, `arguments`, `response`, `alt_response`.
    """

    METHODS: ClassVar[tuple[str, ...]] = ("get", "post", "put", "patch", "delete")
    ARGUMENTS_PARSER = JsonParser()

    def add_url_rule(self, rule: str, endpoint: Any = None, view_func: Any = None, *args: Any, **options: Any) -> None:
        """Register a `MethodView`; every method must be declared, and its work is committed when it succeeds."""
        if not (isinstance(view_func, type) and issubclass(view_func, MethodView)):
            raise TypeError(f"{rule}: a route of ours is a MethodView")
        for method in self.METHODS:
            handler = getattr(view_func, method, None)
            if handler is not None and not hasattr(handler, "access"):
                raise UndeclaredRoute(f"{method.upper()} {rule} names no permission")
        view_func.decorators = [_committed]
        super().add_url_rule(rule, endpoint, view_func, *args, **options)

    # flask-smorest's own decorators, with types.
    def arguments(self, schema: type[Schema], **options: Any) -> Callable[[View], View]:
        """Parse a part of the request, the JSON body unless `location` says otherwise."""
        return cast(Callable[[View], View], super().arguments(schema, **options))

    def response(self, status: int, schema: type[Schema] | None = None, **options: Any) -> Callable[[View], View]:
        """The one success of a view."""
        return cast(Callable[[View], View], super().response(status, schema, **options))

    def alt_response(self, status: int, **options: Any) -> Callable[[View], View]:
        """Another documented outcome."""
        return cast(Callable[[View], View], super().alt_response(status, **options))

    def documented(self, **operation: Any) -> Callable[[View], View]:
        """OpenAPI of an operation that no schema describes."""
        return cast(Callable[[View], View], self.doc(**operation))

    def permission(self, permission: Permission) -> Callable[[View], View]:
        """Ask for a permission before anything of the request is read."""

        def declare(view: View) -> View:
            @wraps(view)
            def guarded(*args: Any, **kwargs: Any) -> Any:
                auth.require(permission)
                return view(*args, **kwargs)

            guarded.access = permission  # type: ignore[attr-defined]
            checked = cast(View, guarded)
            declared = getattr(checked, "_apidoc", {}).get("response", {}).get("responses", {})
            for status, meaning in ((401, "Not signed in, or for another school."), (403, "Not permitted.")):
                if str(status) not in map(str, declared):
                    checked = self.alt_response(status, schema=ErrorSchema, description=meaning)(checked)
            return self.documented(security=[{"bearer": []}, {"cookie": []}])(checked)

        return declare

    def public(self, why: str) -> Callable[[View], View]:
        """Say that a route needs nobody signed in, and why."""

        def declare(view: View) -> View:
            view.access = f"public: {why}"  # type: ignore[attr-defined]
            return view

        return declare

    def fails(self, *errors: type[DomainError]) -> Callable[[View], View]:
        """Declare the expected failures of a view: one documented response a status, naming its codes."""

        def declare(view: View) -> View:
            for status in sorted({error.status for error in errors}):
                codes = ", ".join(f"`{error.code}`" for error in errors if error.status == status)
                view = self.alt_response(status, schema=ErrorSchema, description=codes)(view)
            return view

        return declare


def _committed(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Commit once the whole answer is made; anything that is not a success leaves nothing behind."""

    @wraps(view)
    def edge(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            response = make_response(view(*args, **kwargs))
        except DomainError as refusal:
            if refusal.is_kept:
                events.commit(db.session())
            raise
        if current_tenant_or_none() is not None:
            session = db.session()
            if response.status_code < 400:
                events.commit(session)
            else:
                events.rollback(session)
        return response

    return edge


def init_http(app: Flask) -> Api:
    """Install the API, its documentation and the headers that every response carries."""
    settings: Settings = app.extensions["lernejo"]
    policy = content_security_policy(settings.storage_public_url)
    app.config.update(
        API_TITLE="Lernejo",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        API_SPEC_OPTIONS={
            "info": {
                "description": "A language-learning service that schools own.",
                "license": {"name": "AGPL-3.0-or-later"},
            },
            "security": [],
        },
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]

    def log_crash(exc_info: Any) -> None:
        log.error("request %s: %s %s failed", g.get("request_id"), request.method, request.path, exc_info=exc_info)

    app.log_exception = log_crash  # type: ignore[method-assign]

    @app.before_request
    def name_request() -> None:
        g.request_id = uuid.uuid4().hex[:16]

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.path.startswith(PREFIX):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    api = Api(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    api.spec.components.security_scheme("cookie", {"type": "apiKey", "in": "cookie", "name": "access_token_cookie"})
    return api
