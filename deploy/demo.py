"""The demo school: one class, one course, one person of each role. Everybody is invented."""

import secrets
from typing import Any

from sqlalchemy import select

from core import clock, events, redis, storage
from core.auth import Role
from core.config import Settings
from core.db import db
from core.tenancy import tenant_scope
from curriculum import service as courses
from curriculum.packs import reader
from tasks import delivery
from tenants import service
from tenants.cli import make_school
from tenants.directory import Directory, SchoolUnknown
from tenants.models import Classroom, EnrollmentRole, User

PACK = "en-ru-a1"
SCHOOL = "demo"


def plan(settings: Settings) -> dict[str, Any]:
    """What the demo school will be called and its people's passwords; nothing is made yet."""
    db.connect(settings)
    return {"slug": _free_slug(), "passwords": {role.value: f"{role}-{secrets.token_hex(3)}" for role in Role}}


def create(settings: Settings, planned: dict[str, Any]) -> dict[str, Any]:
    """Make the planned school, or what is missing of it, and tell what one needs to try it: accounts and class code."""
    db.connect(settings)
    redis.connect(settings)
    storage.connect(settings.storage_url)
    delivery.listen()
    slug, passwords = planned["slug"], {Role(role): password for role, password in planned["passwords"].items()}
    try:
        tenant = Directory().by_slug(slug)
    except SchoolUnknown:
        tenant = make_school(settings, slug=slug, name="Riverside School", time_zone="Europe/Riga", locale="en")
    with tenant_scope(tenant):
        class_code = _fill(passwords)
        events.commit(db.session())
    db.dispose()
    return {
        "school": slug,
        "class_code": class_code,
        "people": [
            {"role": role.value, "user_name": name, "password": passwords[role], "place": place}
            for role, name, place in (
                (Role.STUDENT, "mila", "/"),
                (Role.TEACHER, "peter", "/dashboard/"),
                (Role.ADMIN, "olga", "/dashboard/"),
                (Role.GUARDIAN, "vera", "/"),
            )
        ],
    }


def _free_slug() -> str:
    """`demo`, or with a number behind it where another folder's demo lives on the same server."""
    number = 1
    while True:
        slug = SCHOOL if number == 1 else f"{SCHOOL}-{number}"
        try:
            Directory().by_slug(slug)
        except SchoolUnknown:
            return slug
        number += 1


def _fill(passwords: dict[Role, str]) -> str:
    """All of it in one transaction, so it is there whole or not at all; the class code."""
    made: str | None = db.session.scalar(select(Classroom.join_code))
    if made:
        return made
    now = clock.now()

    def person(name: str, display_name: str, role: Role, locale: str) -> User:
        return service.create_user(
            user_name=name,
            display_name=display_name,
            password=passwords[role],
            roles=frozenset({role}),
            locale=locale,
            now=now,
        )

    person("olga", "Olga Field", Role.ADMIN, "en")
    teacher = person("peter", "Peter Brook", Role.TEACHER, "en")
    student = person("mila", "Mila", Role.STUDENT, "ru")
    guardian = person("vera", "Vera Rivers", Role.GUARDIAN, "en")
    classroom = service.create_classroom(name="English 5A", teacher_id=teacher.id, now=now)
    service.enroll(classroom_id=classroom.id, user_id=student.id, role=EnrollmentRole.STUDENT, now=now)
    service.pair_guardian(guardian_id=guardian.id, student_id=student.id, now=now)
    course = courses.adopt_pack(reader.read_shipped(PACK), now=now)
    courses.publish_course(course, now=now)
    return classroom.join_code or ""
