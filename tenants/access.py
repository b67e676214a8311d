"""The only doors to people and classes: missing and forbidden look alike."""

from uuid import UUID

from sqlalchemy import select

from core.auth import Actor, Role
from core.db import db
from core.errors import NotFound
from tenants.models import Classroom, Enrollment, EnrollmentRole, Guardianship, SignIn, User


def access_self(actor: Actor) -> User:
    """The signed-in person's own account."""
    user = db.session.get(User, actor.user_id)
    if user is None or user.deactivated_at is not None:
        raise NotFound("user")
    return user


def access_session(actor: Actor, session_id: UUID) -> SignIn:
    """One of the signed-in person's own open sessions."""
    session = db.session.get(SignIn, session_id)
    if session is None or session.user_id != actor.user_id or session.ended_at is not None:
        raise NotFound("session")
    return session


def access_classrooms(actor: Actor) -> list[Classroom]:
    """The classes an actor may see: an admin all, a teacher their own."""
    query = select(Classroom).order_by(Classroom.name)
    if Role.ADMIN not in actor.roles:
        query = query.join(Enrollment).where(
            Enrollment.user_id == actor.user_id, Enrollment.role == EnrollmentRole.TEACHER
        )
    return list(db.session.scalars(query))


def access_classroom(actor: Actor, classroom_id: UUID) -> Classroom:
    """One class the actor may see."""
    for classroom in access_classrooms(actor):
        if classroom.id == classroom_id:
            return classroom
    raise NotFound("classroom")


def access_children(actor: Actor) -> list[User]:
    """A guardian's own children."""
    query = (
        select(User)
        .join(Guardianship, Guardianship.student_id == User.id)
        .where(Guardianship.guardian_id == actor.user_id)
        .order_by(User.display_name)
    )
    return list(db.session.scalars(query))
