"""People, sign-in and classes: what changes them."""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import redis
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core import auth
from core.auth import ACCESS_LIFETIME, REFRESH_LIFETIME, Role
from core.db import db, new_id
from core.errors import DomainError, NotFound
from core.redis import connection, key
from core.tenancy import current_tenant
from tenants.models import AccentPolicy, Classroom, Enrollment, EnrollmentRole, Guardianship, SignIn, User

log = logging.getLogger("lernejo.tenants")

# No vowels, so no words; no 0 O 1 I L, so nothing to misread from a blackboard. All a code gives is registration.
CODE_ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 6

#: How long the refresh token before the present one is forgiven: two tabs may refresh at the same moment.
GRACE = timedelta(seconds=30)


class BadCredentials(DomainError):
    """User name and password do not fit together; which of them is wrong is not told."""

    status = 401
    code = "bad_credentials"


class SessionReused(auth.NotSignedIn):
    """A refresh token came a second time, so somebody holds a copy; the whole session family is ended."""

    code = "session_reused"
    is_kept = True


class ClassCodeUnknown(DomainError):
    """No class of this school has that code."""

    status = 404
    code = "class_code_unknown"


class UserNameTaken(DomainError):
    """Somebody in this school has that user name."""

    status = 409
    code = "user_name_taken"


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A sign-in that just happened."""

    user: User
    sign_in: SignIn


def create_user(
    *, user_name: str, display_name: str, password: str | None, roles: frozenset[Role], locale: str, now: datetime
) -> User:
    """Add a person to the school in scope; raises `UserNameTaken`."""
    user = User(
        id=new_id(),
        user_name=user_name.lower(),
        display_name=display_name,
        password_hash=auth.hash_password(password) if password else None,
        roles=auth.role_names(roles),
        locale=locale,
        created_at=now,
        deactivated_at=None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise UserNameTaken("Somebody in this school has that user name; choose another.") from error
    return user


def create_classroom(*, name: str, teacher_id: UUID, now: datetime) -> Classroom:
    """Make a class with a fresh join code, taught by `teacher_id`."""
    classroom = Classroom(id=new_id(), name=name, join_code=_new_code(), accents=AccentPolicy.WARN, created_at=now)
    db.session.add(classroom)
    db.session.flush()  # the enrollment's foreign key needs the row
    enroll(classroom_id=classroom.id, user_id=teacher_id, role=EnrollmentRole.TEACHER, now=now)
    return classroom


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def find_user(user_name: str) -> User:
    """The person who signs in as `user_name`, for operators; raises `NotFound`."""
    user = db.session.scalar(select(User).where(User.user_name == user_name.lower()))
    if user is None:
        raise NotFound("user")
    return user


def set_password(user: User, password: str, *, now: datetime) -> None:
    """Give a person a new password; whoever is signed in with the old one is not any more."""
    user.password_hash = auth.hash_password(password)
    for session in list_sessions(user.id, now=now):
        end_session(session.id, now=now)


def enroll(*, classroom_id: UUID, user_id: UUID, role: EnrollmentRole, now: datetime) -> None:
    """Put a person into a class."""
    db.session.add(Enrollment(classroom_id=classroom_id, user_id=user_id, role=role, created_at=now))


def find_student(user_name: str) -> User:
    """The student who signs in as `user_name`, for operators; raises `NotFound`."""
    user = find_user(user_name)
    if Role.STUDENT not in user.role_set:
        raise NotFound("student")
    return user


def pair_guardian(*, guardian_id: UUID, student_id: UUID, now: datetime) -> None:
    """Tie a guardian to a child."""
    db.session.add(Guardianship(guardian_id=guardian_id, student_id=student_id, created_at=now))


def register_student(
    *,
    class_code: str,
    user_name: str,
    display_name: str,
    password: str,
    locale: str,
    user_agent: str | None,
    now: datetime,
) -> OpenedSession:
    """A student makes their own account with a class code. Never touches an account that exists.

    Raises `ClassCodeUnknown`, `UserNameTaken`.
    """
    classroom = db.session.scalar(select(Classroom).where(Classroom.join_code == class_code.upper()))
    if classroom is None:
        raise ClassCodeUnknown("No class here has that code; check it with your teacher.")
    user = create_user(
        user_name=user_name,
        display_name=display_name,
        password=password,
        roles=frozenset({Role.STUDENT}),
        locale=locale,
        now=now,
    )
    enroll(classroom_id=classroom.id, user_id=user.id, role=EnrollmentRole.STUDENT, now=now)
    return open_session(user, user_agent=user_agent, now=now)


def sign_in(*, user_name: str, password: str, user_agent: str | None, now: datetime) -> OpenedSession:
    """Open a session by password; raises `BadCredentials`, the same and as slowly whatever was wrong."""
    user = db.session.scalar(select(User).where(User.user_name == user_name.lower(), User.deactivated_at.is_(None)))
    if not auth.verify_password(password, user.password_hash if user else None) or user is None:
        raise BadCredentials("User name and password do not fit together.")
    return open_session(user, user_agent=user_agent, now=now)


def open_session(user: User, *, user_agent: str | None, now: datetime) -> OpenedSession:
    """Record a sign-in of `user` with a browser or app that calls itself `user_agent`."""
    row = SignIn(
        id=new_id(),
        user_id=user.id,
        created_at=now,
        expires_at=now + REFRESH_LIFETIME,
        ended_at=None,
        refresh_id=new_id(),
        previous_refresh_id=None,
        refreshed_at=now,
        user_agent=user_agent and user_agent[:200],
    )
    db.session.add(row)
    return OpenedSession(user, row)


def renew_session(sign_in_id: UUID, *, refresh_id: UUID, now: datetime) -> OpenedSession:
    """The session a refresh token names, with the person as they are now; its `refresh_id` is the next token's.

    Raises `NotSignedIn` once it is over, and `SessionReused`, which ends it, for a token that was used before.
    """
    found = db.session.execute(
        select(User, SignIn)
        .join(SignIn, SignIn.user_id == User.id)
        .where(
            SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.expires_at > now, User.deactivated_at.is_(None)
        )
        # One refresh after the other, or two tabs would each make a next token.
        .with_for_update(of=SignIn)
    ).one_or_none()
    if found is None:
        raise auth.NotSignedIn("This session is over; sign in again.")
    user, session = found
    if session.refresh_id in (None, refresh_id):
        session.previous_refresh_id, session.refresh_id, session.refreshed_at = refresh_id, new_id(), now
    elif (
        refresh_id != session.previous_refresh_id or session.refreshed_at is None or now - session.refreshed_at > GRACE
    ):
        end_session(sign_in_id, now=now)
        raise SessionReused("This session was used from two places and was ended; sign in again.")
    return OpenedSession(user, session)


def list_sessions(user_id: UUID, *, now: datetime) -> list[SignIn]:
    """The sessions of a person that are open, the newest first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
            .order_by(SignIn.created_at.desc())
        )
    )


def end_session(sign_in_id: UUID, *, now: datetime) -> None:
    """End a session family: refresh refuses from now on, and so do its access tokens still in flight."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now))
    try:
        connection().set(_ended_key(sign_in_id), 1, ex=ACCESS_LIFETIME)
    except redis.RedisError:
        # Refresh refuses from now on, and so does everything while Redis is away; when it is back before the access
        # token has run out, that token is good for the rest of its quarter of an hour.
        log.warning("could not note the end of a session in Redis", exc_info=True)


def is_ended(sign_in_id: UUID) -> bool:
    """Whether a session family was ended; Redis answers fast, and the database when Redis is away."""
    try:
        return bool(connection().exists(_ended_key(sign_in_id)))
    except redis.RedisError:
        return db.session.scalar(select(SignIn.ended_at).where(SignIn.id == sign_in_id)) is not None


def _ended_key(sign_in_id: UUID) -> str:
    return key(current_tenant(), "ended-session", str(sign_in_id))


def update_account(user: User, *, display_name: str | None, locale: str | None) -> User:
    """Change what a person may change about themselves; None leaves a field as it is."""
    user.display_name = display_name or user.display_name
    user.locale = locale or user.locale
    return user
