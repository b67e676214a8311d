"""Identity: who is asking (`Actor`), what each role may do (`Permission`), tokens and passwords."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, g
from flask_jwt_extended import JWTManager

from core.config import Settings
from core.errors import DomainError

ACCESS_LIFETIME = timedelta(minutes=15)
REFRESH_LIFETIME = timedelta(days=30)


class Role(StrEnum):
    """What a person is in a school; one person may be several."""

    STUDENT = "student"
    TEACHER = "teacher"
    GUARDIAN = "guardian"
    ADMIN = "admin"


class Permission(StrEnum):
    """`<resource>:<action>`; every route names one, or says that it is public."""

    ACCOUNT_MANAGE = "account:manage"  # one's own
    COURSE_READ = "course:read"
    COURSE_PUBLISH = "course:publish"
    LESSON_ANSWER = "lesson:answer"
    PROGRESS_READ = "progress:read"  # one's own
    CHILDREN_READ = "children:read"
    CLASSROOM_READ = "classroom:read"
    CLASSROOM_MANAGE = "classroom:manage"
    DASHBOARD_READ = "dashboard:read"


_EVERYONE = frozenset({Permission.ACCOUNT_MANAGE})
_STAFF = _EVERYONE | {
    Permission.COURSE_READ,
    Permission.COURSE_PUBLISH,
    Permission.CLASSROOM_READ,
    Permission.CLASSROOM_MANAGE,
    Permission.DASHBOARD_READ,
}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.STUDENT: _EVERYONE | {Permission.COURSE_READ, Permission.LESSON_ANSWER, Permission.PROGRESS_READ},
    Role.TEACHER: _STAFF,
    Role.GUARDIAN: _EVERYONE | {Permission.CHILDREN_READ},
    Role.ADMIN: _STAFF,
}


class NotSignedIn(DomainError):
    """No usable token came with the request."""

    status = 401
    code = "token_invalid"


class TokenExpired(NotSignedIn):
    """The token was good once; refresh it or sign in again."""

    code = "token_expired"


class CsrfFailed(NotSignedIn):
    """A cookie session changed something without the double-submitted token."""

    code = "csrf_failed"


class NotPermitted(DomainError):
    """The actor's roles do not include what the route asks for."""

    status = 403
    code = "not_permitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The signed-in person of a request; `sign_in_id` names the session family, `token_id` the very token that came."""

    user_id: UUID
    tenant_id: UUID
    roles: frozenset[Role]
    sign_in_id: UUID
    token_id: UUID

    def may(self, permission: Permission) -> bool:
        """Whether any of the actor's roles grants `permission`."""
        return any(permission in GRANTS[role] for role in self.roles)


def actor_from_claims(claims: dict[str, Any]) -> Actor:
    """The actor a verified token speaks of; raises `NotSignedIn` on claims that are not ours."""
    try:
        return Actor(
            user_id=UUID(claims["sub"]),
            tenant_id=UUID(claims["tid"]),
            roles=frozenset(Role(role) for role in claims["roles"]),
            sign_in_id=UUID(claims["sid"]),
            token_id=UUID(claims["jti"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise NotSignedIn("The token is not one of ours; sign in again.") from None


def current_actor() -> Actor:
    """The signed-in person; raises the reason why there is none."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise g.get("auth_failure") or NotSignedIn("Sign in first.")
    return actor


def require(permission: Permission) -> Actor:
    """The actor, if allowed; raises `NotSignedIn` or `NotPermitted`."""
    actor = current_actor()
    if not actor.may(permission):
        raise NotPermitted(f"This needs the permission {permission}.")
    return actor


def init_jwt(app: Flask, settings: Settings) -> JWTManager:
    """Tokens by flask-jwt-extended: bearer header, or HttpOnly cookies with a double-submitted CSRF token."""
    app.config.update(
        JWT_SECRET_KEY=settings.secret_key,
        JWT_TOKEN_LOCATION=["headers", "cookies"],
        JWT_ACCESS_TOKEN_EXPIRES=ACCESS_LIFETIME,
        JWT_REFRESH_TOKEN_EXPIRES=REFRESH_LIFETIME,
        JWT_COOKIE_SECURE=settings.cookie_secure,
        JWT_COOKIE_SAMESITE="Lax",
        JWT_COOKIE_CSRF_PROTECT=True,
        JWT_REFRESH_COOKIE_PATH="/api/v1/auth/refresh",
        JWT_SESSION_COOKIE=False,
        JWT_ENCODE_ISSUER="lernejo",
        JWT_DECODE_ISSUER="lernejo",
    )
    return JWTManager(app)


def role_names(roles: Iterable[Role]) -> list[str]:
    """Roles as they stand in tokens and answers: sorted, so equal sets look equal."""
    return sorted(role.value for role in roles)


# OWASP's first recommendation for argon2id (19 MiB, two passes); the library's default costs seven times as much.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# A class signing in together must not take every core from the class that is answering.
_hashing = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """An argon2id hash with its parameters and salt."""
    with _hashing:
        return _hasher.hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one hashed. Costs the same when there is no account, so timing tells nothing."""
    with _hashing:
        try:
            return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


_NOBODY = _hasher.hash("an account that does not exist")
