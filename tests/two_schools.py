"""Fill the template database: two schools, alike but for their ids, with a published course and people of each role."""

from datetime import UTC, datetime

from sqlalchemy import select

from core import redis, storage
from core.auth import Role
from core.config import read_settings
from core.db import db
from core.events import commit
from core.tenancy import tenant_scope
from curriculum import service as courses
from curriculum.packs import reader
from tenants import provisioning, service
from tenants.cli import create_school
from tenants.models import EnrollmentRole, User

PASSWORD = "correct-horse"
CODES = {"north": "NRTHCD", "south": "STHCDE"}


def main() -> None:
    """Make everything that every test may count on."""
    settings = read_settings()
    db.connect(settings)
    redis.connect(settings)
    storage.connect(settings.storage_url)
    provisioning.prepare_database(provisioning.owner_engine(settings), settings)
    pack = reader.read_shipped("en-ru-a1")
    now = datetime.now(UTC)
    for slug, code in CODES.items():
        tenant = create_school(
            settings, slug=slug, name="Test School", time_zone="Europe/Riga", locale="en", admin=("admin", PASSWORD)
        )
        with tenant_scope(tenant):
            people = {
                name: service.create_user(
                    user_name=name,
                    display_name=name.title(),
                    password=PASSWORD,
                    roles=frozenset({role}),
                    locale="en",
                    now=now,
                )
                for name, role in (
                    ("teacher", Role.TEACHER),
                    ("other-teacher", Role.TEACHER),
                    ("student", Role.STUDENT),
                    ("guardian", Role.GUARDIAN),
                )
            }
            classroom = service.create_classroom(name="Class A", teacher_id=people["teacher"].id, now=now)
            classroom.join_code = code
            service.create_classroom(name="Class B", teacher_id=people["other-teacher"].id, now=now)
            service.enroll(
                classroom_id=classroom.id, user_id=people["student"].id, role=EnrollmentRole.STUDENT, now=now
            )
            service.pair_guardian(guardian_id=people["guardian"].id, student_id=people["student"].id, now=now)
            courses.publish_course(courses.adopt_pack(pack, now=now), now=now)
            assert db.session.scalar(select(User.id).where(User.user_name == "admin"))
            commit(db.session())
    db.dispose()


if __name__ == "__main__":
    main()
