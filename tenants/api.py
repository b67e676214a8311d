"""Accounts, sessions and classes over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask.views import MethodView
from flask_jwt_extended import (
    create_access_token,
    create_refresh_token,
    set_access_cookies,
    set_refresh_cookies,
    unset_jwt_cookies,
)

from core import clock
from core.auth import ACCESS_LIFETIME, Actor, NotSignedIn, Permission, current_actor, role_names
from core.errors import NotFound
from core.http import Blueprint
from core.tenancy import Tenant, current_tenant
from tenants import access, schemas, service
from tenants.models import Classroom, SignIn, User
from tenants.service import BadCredentials, ClassCodeUnknown, OpenedSession, SessionReused, UserNameTaken

blp = Blueprint("auth", __name__, description="Accounts, sessions and classes")


@blp.route("/school")
class School(MethodView):
    """The school of this address."""

    @blp.public("shown before anybody signs in")
    @blp.response(200, schemas.SchoolSchema)
    def get(self) -> Tenant:
        """The school this address or the header X-School stands for."""
        return current_tenant()


@blp.route("/auth/register")
class Register(MethodView):
    """Self-registration."""

    @blp.public("a student has no account yet")
    @blp.arguments(schemas.RegisterSchema)
    @blp.response(201, schemas.SessionSchema)
    @blp.fails(ClassCodeUnknown, UserNameTaken)
    def post(self, body: dict[str, Any]) -> Response:
        """Make a student's account with a class code and open a session."""
        delivery = body.pop("session")
        opened = service.register_student(**body, user_agent=_user_agent(), now=clock.now())
        return _session_response(opened, delivery=delivery, status=201)


@blp.route("/auth/login")
class Login(MethodView):
    """Sign-in by password."""

    @blp.public("this is how one signs in")
    @blp.arguments(schemas.LoginSchema)
    @blp.response(200, schemas.SessionSchema)
    @blp.fails(BadCredentials)
    def post(self, body: dict[str, Any]) -> Response:
        """Open a session by user name and password."""
        delivery = body.pop("session")
        opened = service.sign_in(**body, user_agent=_user_agent(), now=clock.now())
        return _session_response(opened, delivery=delivery)


@blp.route("/auth/refresh")
class Refresh(MethodView):
    """A new access token for an old session."""

    @blp.public("the access token has expired; the refresh token is what is checked")
    @blp.response(200, schemas.SessionSchema)
    @blp.fails(NotSignedIn, SessionReused)
    def post(self) -> Response:
        """Take the refresh token, by cookie or bearer header, and give fresh tokens the same way.

        Each refresh token is good once; one that comes again ends the session, for somebody holds a copy.
        """
        actor = current_actor()
        opened = service.renew_session(actor.sign_in_id, refresh_id=actor.token_id, now=clock.now())
        return _session_response(opened, delivery="cookie" if _came_by_cookie() else "bearer")


@blp.route("/auth/logout")
class Logout(MethodView):
    """The end of a session."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.response(204)
    def post(self) -> Response:
        """End this session; its tokens are worth nothing from now on."""
        service.end_session(current_actor().sign_in_id, now=clock.now())
        response = Response(status=204)
        unset_jwt_cookies(response)
        return response


@blp.route("/user/sessions")
class Sessions(MethodView):
    """Where one is signed in."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.response(200, schemas.OpenSessionsSchema)
    def get(self) -> dict[str, Any]:
        """The signed-in person's open sessions, the newest first."""
        actor = current_actor()
        sessions = service.list_sessions(actor.user_id, now=clock.now())
        return {"sessions": [_open_session(session, actor) for session in sessions]}


@blp.route("/user/sessions/<uuid:session_id>")
class SessionById(MethodView):
    """One place where one is signed in."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.response(204)
    @blp.fails(NotFound)
    def delete(self, session_id: UUID) -> None:
        """End one of one's own sessions, such as that of a lost phone."""
        service.end_session(access.access_session(current_actor(), session_id).id, now=clock.now())


@blp.route("/user")
class Account(MethodView):
    """One's own account."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.response(200, schemas.UserSchema)
    def get(self) -> User:
        """The signed-in person."""
        return access.access_self(current_actor())

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.arguments(schemas.UserChangeSchema)
    @blp.response(200, schemas.UserSchema)
    def patch(self, body: dict[str, Any]) -> User:
        """Change one's display name or interface language."""
        user = access.access_self(current_actor())
        return service.update_account(user, display_name=body.get("display_name"), locale=body.get("locale"))


@blp.route("/classrooms")
class Classrooms(MethodView):
    """The classes of a teacher, or of the school for an admin."""

    @blp.permission(Permission.CLASSROOM_READ)
    @blp.response(200, schemas.ClassroomsSchema)
    def get(self) -> dict[str, list[Classroom]]:
        """The classes the signed-in person may see."""
        return {"classrooms": access.access_classrooms(current_actor())}

    @blp.permission(Permission.CLASSROOM_MANAGE)
    @blp.arguments(schemas.NewClassroomSchema)
    @blp.response(201, schemas.ClassroomSchema)
    def post(self, body: dict[str, Any]) -> Classroom:
        """Make a class; the answer carries the code students register with."""
        return service.create_classroom(name=body["name"], teacher_id=current_actor().user_id, now=clock.now())


def _session_response(opened: OpenedSession, *, delivery: str, status: int = 200) -> Response:
    """Tokens in the body for clients of our own making, or in cookies where a script must not read them."""
    user = opened.user
    claims = {
        "tid": str(current_tenant().id),
        "roles": role_names(user.role_set),
        "sid": str(opened.sign_in.id),
    }
    access_token = create_access_token(str(user.id), additional_claims=claims)
    refresh_token = create_refresh_token(
        str(user.id),
        additional_claims=claims | {"jti": str(opened.sign_in.refresh_id)},
        expires_delta=opened.sign_in.expires_at - clock.now(),
    )
    by_cookie = delivery == "cookie"
    session = {
        "user": user,
        "school": current_tenant(),
        "access_token": None if by_cookie else access_token,
        "refresh_token": None if by_cookie else refresh_token,
        "access_expires_at": _expiry(),
    }
    response = jsonify(schemas.SessionSchema().dump(session))
    response.status_code = status
    if by_cookie:
        set_access_cookies(response, access_token)
        set_refresh_cookies(response, refresh_token)
    return response


def _open_session(session: SignIn, actor: Actor) -> dict[str, Any]:
    return {
        "id": session.id,
        "created_at": session.created_at,
        "refreshed_at": session.refreshed_at or session.created_at,
        "user_agent": session.user_agent,
        "is_this": session.id == actor.sign_in_id,
    }


def _user_agent() -> str | None:
    return request.headers.get("User-Agent")


def _expiry() -> datetime:
    return clock.now() + ACCESS_LIFETIME


def _came_by_cookie() -> bool:
    return "Authorization" not in request.headers
