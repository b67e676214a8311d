"""Schools in `public`; people, sign-ins and classes in each school's schema."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.auth import Role
from core.db import Id, PublicModel, TenantModel, enum_type


class TenantState(StrEnum):
    """Whether a school's people can use it."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Tenant(PublicModel):
    """A school in the catalog; everything about its people is in its own schema."""

    __tablename__ = "tenant"
    # The slug stands in host names and in the header, so it is one lower-case DNS label.
    __table_args__ = (CheckConstraint("slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'", name="slug"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    time_zone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(8))
    state: Mapped[TenantState] = mapped_column(enum_type(TenantState))
    created_at: Mapped[datetime]


class TenantDomain(PublicModel):
    """A host name of a school's own; one host can name one school only."""

    __tablename__ = "tenant_domain"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("public.tenant.id", ondelete="CASCADE"), index=True)


class TenantVersion(PublicModel):
    """The index of schema revisions; the school's own `alembic_version` is the truth."""

    __tablename__ = "tenant_version"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("public.tenant.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[str] = mapped_column(String(32))


class User(TenantModel):
    """A person of the school. Accounts work without e-mail; the user name is what one signs in with."""

    __tablename__ = "user"
    __table_args__ = (
        # Kept folded, so that Ada and ada cannot be two people.
        CheckConstraint("user_name = lower(user_name)", name="user_name_folded"),
        CheckConstraint(
            "roles <@ ARRAY['student','teacher','guardian','admin']::varchar[] AND cardinality(roles) > 0", name="roles"
        ),
    )

    id: Mapped[Id]
    user_name: Mapped[str] = mapped_column(String(32), unique=True)
    display_name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    locale: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    enrollments: Mapped[list["Enrollment"]] = relationship(back_populates="user")

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as the enum."""
        return frozenset(Role(role) for role in self.roles)


class SignIn(TenantModel):
    """A session family: every token made from one sign-in names it, and ending it ends them all.

    `refresh_id` is the one refresh token that is good now. The one before it is forgiven for a moment, because two
    tabs may refresh at once; any other was used before, by its owner or by a thief, and ends the family. The columns
    about it may be empty in sessions that are older than they are.
    """

    __tablename__ = "sign_in"

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    refresh_id: Mapped[UUID | None]
    previous_refresh_id: Mapped[UUID | None]
    refreshed_at: Mapped[datetime | None]
    user_agent: Mapped[str | None] = mapped_column(String(200))


class AccentPolicy(StrEnum):
    """What a classroom makes of a missing or wrong accent."""

    LENIENT = "lenient"
    WARN = "warn"
    STRICT = "strict"


class Classroom(TenantModel):
    """A class. Its join code lets students register themselves; it is unique so that it names one class."""

    __tablename__ = "classroom"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    join_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    accents: Mapped[AccentPolicy] = mapped_column(enum_type(AccentPolicy))
    created_at: Mapped[datetime]

    enrollments: Mapped[list["Enrollment"]] = relationship(back_populates="classroom")


class EnrollmentRole(StrEnum):
    """What somebody is in one class."""

    STUDENT = "student"
    TEACHER = "teacher"


class Enrollment(TenantModel):
    """A person in a class, once; a teacher sees the students of their own classes only."""

    __tablename__ = "enrollment"
    __table_args__ = (Index("ix_enrollment_user_id", "user_id"),)

    classroom_id: Mapped[UUID] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[EnrollmentRole] = mapped_column(enum_type(EnrollmentRole))
    created_at: Mapped[datetime]

    classroom: Mapped[Classroom] = relationship(back_populates="enrollments")
    user: Mapped[User] = relationship(back_populates="enrollments")


class Guardianship(TenantModel):
    """A guardian's tie to a child; nobody guards themselves."""

    __tablename__ = "guardianship"
    __table_args__ = (
        Index("ix_guardianship_student_id", "student_id"),
        CheckConstraint("guardian_id <> student_id", name="two_people"),
    )

    guardian_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    student_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime]
