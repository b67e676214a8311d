"""What the account and classroom endpoints take and give."""

import marshmallow as ma
from marshmallow import fields, validate

from core.auth import Role
from core.http import Choice, Name, Schema, Text
from tenants.names import LOCALES, MAX_PASSWORD, MIN_PASSWORD, USER_NAME


class SchoolSchema(Schema):
    """A school as its people see it."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    locale = fields.String(required=True)
    time_zone = fields.String(required=True, metadata={"description": "IANA name."})


class UserSchema(Schema):
    """A person's own account."""

    id = fields.UUID(required=True)
    user_name = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(Choice(Role), required=True)
    locale = fields.String(required=True)


class UserChangeSchema(Schema):
    """What a person may change about themselves."""

    display_name = Name(at_most=60)
    locale = fields.String(validate=validate.OneOf(LOCALES))


class _Credentials(Schema):
    session = fields.String(
        load_default="bearer",
        validate=validate.OneOf(("bearer", "cookie")),
        metadata={"description": "How tokens come back: in the body, or as HttpOnly cookies."},
    )


class LoginSchema(_Credentials):
    """Sign in by password."""

    user_name = Text(at_least=1, at_most=32, required=True)
    # No least length: what is too short to be a password is simply a wrong one.
    password = Text(at_least=1, at_most=MAX_PASSWORD, required=True, load_only=True)


class RegisterSchema(_Credentials):
    """A student's own registration with a class code."""

    class_code = Text(at_least=6, at_most=12, required=True)
    user_name = fields.String(
        required=True,
        validate=[
            validate.Length(min=3, max=32),
            validate.Regexp(f"^{USER_NAME.pattern}$", error="Letters a-z, digits, dot, dash, underscore."),
        ],
    )
    display_name = Name(at_most=60, required=True)
    password = Text(at_least=MIN_PASSWORD, at_most=MAX_PASSWORD, required=True, load_only=True)
    locale = fields.String(load_default="en", validate=validate.OneOf(LOCALES))

    @ma.pre_load
    def trim(self, data: dict[str, object], **_: object) -> dict[str, object]:
        """Codes and names are typed on phones: blanks around them mean nothing."""
        return {
            name: value.strip() if isinstance(value, str) and name != "password" else value
            for name, value in data.items()
        }


class SessionSchema(Schema):
    """An open session. The tokens are null when they travel as cookies."""

    user = fields.Nested(UserSchema, required=True)
    school = fields.Nested(SchoolSchema, required=True)
    access_token = fields.String(required=True, allow_none=True)
    refresh_token = fields.String(required=True, allow_none=True)
    access_expires_at = fields.AwareDateTime(required=True)


class OpenSessionSchema(Schema):
    """One place where a person is signed in."""

    id = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    refreshed_at = fields.AwareDateTime(required=True)
    user_agent = fields.String(required=True, allow_none=True, metadata={"description": "As the client calls itself."})
    is_this = fields.Boolean(required=True, metadata={"description": "Whether it is the session that asks."})


class OpenSessionsSchema(Schema):
    """Where a person is signed in."""

    sessions = fields.List(fields.Nested(OpenSessionSchema), required=True)


class ClassroomSchema(Schema):
    """A class with its join code."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    join_code = fields.String(required=True, allow_none=True)


class ClassroomsSchema(Schema):
    """The classes the actor may see."""

    classrooms = fields.List(fields.Nested(ClassroomSchema), required=True)


class NewClassroomSchema(Schema):
    """A class to be made."""

    name = Name(at_most=80, required=True)
