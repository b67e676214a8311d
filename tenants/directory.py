"""Which school a request is for: by host name, by header, by token, or the installation's default."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, Response, g, request
from flask_jwt_extended import get_jwt, verify_jwt_in_request
from flask_jwt_extended.exceptions import CSRFError, JWTExtendedException
from jwt.exceptions import ExpiredSignatureError, PyJWTError
from sqlalchemy import ColumnElement, select

from core import auth
from core.auth import Actor, NotSignedIn
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.http import PREFIX
from core.tenancy import Tenant, tenant_scope
from tenants import models, service
from tenants.names import SLUG

REMEMBER_SECONDS = 5.0
REMEMBER_MOST = 2000
REFRESH_PATH = f"{PREFIX}/auth/refresh"
MAX_HOST = 253  # bytes of a host name in DNS

_UNKNOWN = "This installation has no such school; check the address or the school's name."


class SchoolUnknown(DomainError):
    """The host or header names no school of this installation."""

    status = 404
    code = "school_unknown"


class SchoolRequired(DomainError):
    """Nothing in the request says which school it is for."""

    status = 400
    code = "school_required"


class SchoolConflict(DomainError):
    """The host names one school and the header another."""

    status = 400
    code = "school_conflict"


class SchoolSuspended(DomainError):
    """The school is closed for now; its data are kept."""

    status = 403
    code = "school_suspended"


class WrongSchool(NotSignedIn):
    """The token belongs to another school than the host or header names."""

    code = "wrong_school"


@dataclass(frozen=True, slots=True)
class _Entry:
    tenant: Tenant
    is_active: bool


class Directory:
    """The catalog of schools, remembered for a few seconds: every request asks, and schools seldom change."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, _Entry | None]] = {}

    def by_slug(self, slug: str) -> Tenant:
        """The active school of that slug; raises `SchoolUnknown` or `SchoolSuspended`."""
        if not SLUG.fullmatch(slug):  # no question to the database, and nothing to remember
            raise SchoolUnknown(_UNKNOWN)
        return self._active(f"slug:{slug}", models.Tenant.slug == slug)

    def by_id(self, tenant_id: UUID) -> Tenant:
        """The active school of that id; raises `SchoolUnknown` or `SchoolSuspended`."""
        return self._active(f"id:{tenant_id}", models.Tenant.id == tenant_id)

    def by_host(self, host: str, base_domain: str | None) -> Tenant | None:
        """The school that owns the host name, or the one whose slug stands before the base domain; else None."""
        if base_domain and host.endswith("." + base_domain):
            return self.by_slug(host.removesuffix("." + base_domain))
        if len(host) > MAX_HOST:
            return None
        owner = select(models.TenantDomain.tenant_id).where(models.TenantDomain.host == host)
        entry = self._entry(f"host:{host}", models.Tenant.id == owner.scalar_subquery())
        return self._require_active(entry) if entry else None

    def _active(self, key: str, condition: ColumnElement[bool]) -> Tenant:
        entry = self._entry(key, condition)
        if entry is None:
            raise SchoolUnknown(_UNKNOWN)
        return self._require_active(entry)

    @staticmethod
    def _require_active(entry: _Entry) -> Tenant:
        if not entry.is_active:
            raise SchoolSuspended("This school is closed for now; its data are kept.")
        return entry.tenant

    def _entry(self, key: str, condition: ColumnElement[bool]) -> _Entry | None:
        known = self._known.get(key)
        if known and known[0] > time.monotonic():
            return known[1]
        with db.public_session() as session:
            row = session.scalar(select(models.Tenant).where(condition))
        entry = _Entry(as_tenant(row), row.state is models.TenantState.ACTIVE) if row else None
        if len(self._known) >= REMEMBER_MOST:  # made-up names must not fill the memory
            self._known = {key: known for key, known in self._known.items() if known[0] > time.monotonic()}
        if len(self._known) < REMEMBER_MOST:
            self._known[key] = (time.monotonic() + REMEMBER_SECONDS, entry)
        return entry


def as_tenant(row: models.Tenant) -> Tenant:
    """The catalog row as every room carries it."""
    return Tenant(id=row.id, slug=row.slug, name=row.name, time_zone=row.time_zone, locale=row.locale)


def init_directory(app: Flask, settings: Settings, *, needs_school: Callable[[str], bool]) -> None:
    """Enter the school of every request whose path `needs_school`, with the signed-in person if there is one."""
    directory = Directory()

    @app.before_request
    def enter_school() -> None:
        g.scope = ExitStack()
        if not needs_school(request.path):
            return
        claimed = _read_token(refresh=request.path == REFRESH_PATH)
        tenant = _school_of_request(directory, settings, claimed)
        g.scope.enter_context(tenant_scope(tenant))
        if claimed is not None:
            _admit(claimed, tenant)

    @app.teardown_request
    def leave_school(_error: BaseException | None) -> None:
        scope: ExitStack | None = g.pop("scope", None)
        if scope is not None:
            scope.close()

    @app.after_request
    def vary_by_school(response: Response) -> Response:
        response.vary.add("X-School")
        return response


def _school_of_request(directory: Directory, settings: Settings, claimed: Actor | None) -> Tenant:
    """The school that host or header name; where neither does, the token's, else the installation's default."""
    if named := _named_school(directory, settings):
        return named
    if claimed is not None:
        return directory.by_id(claimed.tenant_id)
    if settings.default_school is None:
        # An expired token would have said which school; refreshing it is the way on, not naming a school.
        required = SchoolRequired("Say which school: use its own address, or send the header X-School.")
        raise g.get("auth_failure") or required
    return directory.by_slug(settings.default_school)


def _admit(claimed: Actor, tenant: Tenant) -> None:
    if claimed.tenant_id != tenant.id:
        g.auth_failure = WrongSchool("This session belongs to another school; sign in to this one.")
    elif service.is_ended(claimed.sign_in_id):
        g.auth_failure = NotSignedIn("This session was ended; sign in again.")
    else:
        g.actor = claimed


def _named_school(directory: Directory, settings: Settings) -> Tenant | None:
    host = request.host.rsplit(":", 1)[0].lower()
    by_host = directory.by_host(host, settings.base_domain)
    slug = request.headers.get("X-School", "").strip().lower()
    if not slug:
        return by_host
    by_header = directory.by_slug(slug)
    if by_host is not None and by_host.id != by_header.id:
        raise SchoolConflict("The address belongs to one school and the header X-School names another.")
    return by_header


def _read_token(*, refresh: bool) -> Actor | None:
    """The actor of the request's token. A bad token is not an error yet: a public route does not care."""
    try:
        if verify_jwt_in_request(optional=True, refresh=refresh) is None:
            return None
        return auth.actor_from_claims(get_jwt())
    except ExpiredSignatureError:
        g.auth_failure = auth.TokenExpired("The token has expired; refresh it.")
    except CSRFError:
        g.auth_failure = auth.CsrfFailed("The header X-CSRF-TOKEN is missing or does not match the cookie.")
    except (JWTExtendedException, PyJWTError):
        g.auth_failure = NotSignedIn("The token cannot be read; sign in again.")
    except NotSignedIn as failure:
        g.auth_failure = failure
    return None
