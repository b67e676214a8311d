"""The demo school: one class, one course, one person of each role. Everybody is invented."""

import secrets
from typing import Any

from core import clock, events, redis, storage
from core.auth import Role
from core.config import Settings
from core.db import db
from core.tenancy import Tenant, tenant_scope
from curriculum import service as courses
from curriculum.packs import reader
from tasks import delivery
from tenants import service
from tenants.cli import create_school
from tenants.directory import Directory, SchoolUnknown
from tenants.models import EnrollmentRole, User

PACK = "en-ru-a1"
SCHOOL = "demo"


def create(settings: Settings) -> dict[str, Any]:
    """Make the demo school and return what a person needs to try it: the accounts, and the class code."""
    db.connect(settings)
    redis.connect(settings)
    storage.connect(settings.storage_url)
    delivery.listen()
    passwords = {role: f"{role}-{secrets.token_hex(3)}" for role in Role}
    slug = _free_slug()
    tenant = create_school(
        settings,
        slug=slug,
        name="Riverside School",
        time_zone="Europe/Riga",
        locale="en",
        admin=("olga", passwords[Role.ADMIN]),
    )
    with tenant_scope(tenant):
        class_code = _fill(tenant, passwords)
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


def _fill(tenant: Tenant, passwords: dict[Role, str]) -> str:
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

    teacher = person("peter", "Peter Brook", Role.TEACHER, "en")
    student = person("mila", "Mila", Role.STUDENT, "ru")
    guardian = person("vera", "Vera Rivers", Role.GUARDIAN, "en")
    classroom = service.create_classroom(name="English 5A", teacher_id=teacher.id, now=now)
    service.enroll(classroom_id=classroom.id, user_id=student.id, role=EnrollmentRole.STUDENT, now=now)
    service.pair_guardian(guardian_id=guardian.id, student_id=student.id, now=now)
    course = courses.adopt_pack(reader.read_shipped(PACK), now=now)
    courses.publish_course(course, now=now)
    return classroom.join_code or ""
