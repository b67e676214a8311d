"""Commands about the database and its schools."""

import json
import secrets
import sys
from dataclasses import asdict
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from core import clock, events
from core.auth import Role
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.tenancy import Tenant, tenant_scope
from tenants import migrating, models, provisioning, service
from tenants.directory import Directory
from tenants.names import LOCALES, MAX_PASSWORD, MIN_PASSWORD, SLUG, USER_NAME

database = AppGroup("database", help="Prepare and migrate the database.")
tenants = AppGroup("tenants", help="Make and look after schools.")
commands = (database, tenants)

ROLES = [role.value for role in Role]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["lernejo"]
    return settings


@database.command("prepare")
def prepare() -> None:
    """Make roles and public tables, and bring every school to the newest revision. Safe to run again."""
    provisioning.prepare_database(provisioning.owner_engine(_settings()), _settings())
    _migrate(jobs=2, as_json=False)


def _slug(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not SLUG.fullmatch(value):
        raise click.BadParameter("use 1 to 40 lower-case letters, digits and inner dashes, as in a host name")
    return value


def _time_zone(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"{value!r} is no IANA time zone; an example is Europe/Riga")
    return ZoneInfo(value).key


def _trimmed(value: str, *, most: int) -> str:
    if not 1 <= len(value.strip()) <= most:
        raise click.BadParameter(f"use 1 to {most} characters")
    return value.strip()


def _school_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    return _trimmed(value, most=100)


def _class_name(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    return None if value is None else _trimmed(value, most=80)


def _user_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not USER_NAME.fullmatch(value):
        raise click.BadParameter("a user name has 3 to 32 letters a-z, digits, dots, dashes and underscores")
    return value


def _display_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    return _trimmed(value, most=60)


def _password(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not MIN_PASSWORD <= len(value) <= MAX_PASSWORD:
        raise click.BadParameter(
            f"use {MIN_PASSWORD} to {MAX_PASSWORD} characters, or leave it out to have one made up"
        )
    return value


@tenants.command("create")
@click.argument("slug", callback=_slug)
@click.option("--name", required=True, callback=_school_name, help="The school's name as people read it.")
@click.option("--time-zone", default="UTC", show_default=True, callback=_time_zone, help="IANA name.")
@click.option("--locale", default="en", show_default=True, type=click.Choice(LOCALES))
@click.option(
    "--admin",
    "admin_name",
    default="admin",
    show_default=True,
    callback=_user_name,
    help="The first admin's user name.",
)
@click.option("--admin-password", callback=_password, help="Made up and shown once when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def create(
    slug: str, name: str, time_zone: str, locale: str, admin_name: str, admin_password: str | None, as_json: bool
) -> None:
    """Make a school: its role, schema, tables and first admin."""
    password = admin_password or secrets.token_urlsafe(12)
    try:
        tenant = create_school(
            _settings(), slug=slug, name=name, time_zone=time_zone, locale=locale, admin=(admin_name, password)
        )
    except DomainError as error:
        raise click.ClickException(error.message) from error
    if as_json:
        click.echo(json.dumps({"id": str(tenant.id), "slug": slug, "admin": admin_name, "admin_password": password}))
    else:
        click.echo(f"The school {name!r} is ready. Its admin signs in as {admin_name} with the password {password}")
        click.echo(f"Its address is {_address(slug)}")
        click.echo(
            f"Next: flask tenants add-person {slug} NAME --role teacher --class CLASS, flask packs adopt {slug} PACK"
        )


def make_school(settings: Settings, *, slug: str, name: str, time_zone: str, locale: str) -> Tenant:
    """Make a school with nobody in it; commits. Raises `SlugTaken`."""
    return provisioning.create_school(
        provisioning.owner_engine(settings),
        login=make_url(settings.database_app_url).username or "",
        slug=slug,
        name=name,
        time_zone=time_zone,
        locale=locale,
        now=clock.now(),
    )


def create_school(
    settings: Settings, *, slug: str, name: str, time_zone: str, locale: str, admin: tuple[str, str]
) -> Tenant:
    """Make a school and its first admin (`user name, password`); commits. Raises `SlugTaken`."""
    tenant = make_school(settings, slug=slug, name=name, time_zone=time_zone, locale=locale)
    with tenant_scope(tenant):
        service.create_user(
            user_name=admin[0],
            display_name="Admin",
            password=admin[1],
            roles=frozenset({Role.ADMIN}),
            locale=locale,
            now=clock.now(),
        )
        events.commit(db.session())
    return tenant


def _address(slug: str) -> str:
    base = _settings().base_domain
    return (
        f"{slug}.{base}" if base else f"any of this installation, with the header X-School: {slug} (or set BASE_DOMAIN)"
    )


@tenants.command("set-password")
@click.argument("slug", callback=_slug)
@click.argument("user_name", callback=_user_name)
@click.option("--password", callback=_password, help="Made up and shown once when left out.")
def set_password(slug: str, user_name: str, password: str | None) -> None:
    """Give USER_NAME of the school SLUG a new password, and end all their sessions."""
    password = password or secrets.token_urlsafe(12)
    try:
        with tenant_scope(Directory().by_slug(slug)):
            user = service.find_user(user_name)
            service.set_password(user, password, now=clock.now())
            events.commit(db.session())
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{user_name} signs in to {slug} with the password {password}")


@tenants.command("add-person")
@click.argument("slug", callback=_slug)
@click.argument("user_name", callback=_user_name)
@click.option("--name", required=True, callback=_display_name, help="The name that the class and the staff see.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="Repeat for several.")
@click.option(
    "--class", "class_name", callback=_class_name, help="For a teacher: make a class of this name, with a code to join."
)
@click.option("--child", help="For a guardian: the user name of a student of the school.")
@click.option("--password", callback=_password, help="Made up and shown once when left out.")
def add_person(
    slug: str,
    user_name: str,
    name: str,
    roles: tuple[str, ...],
    class_name: str | None,
    child: str | None,
    password: str | None,
) -> None:
    """Add a person to the school SLUG who signs in as USER_NAME."""
    password = password or secrets.token_urlsafe(12)
    now = clock.now()
    try:
        with tenant_scope(Directory().by_slug(slug)) as tenant:
            user = service.create_user(
                user_name=user_name,
                display_name=name,
                password=password,
                roles=frozenset(map(Role, roles)),
                locale=tenant.locale,
                now=now,
            )
            if child:
                student = service.find_student(child)
                service.pair_guardian(guardian_id=user.id, student_id=student.id, now=now)
            classroom = service.create_classroom(name=class_name, teacher_id=user.id, now=now) if class_name else None
            code = classroom.join_code if classroom else None
            events.commit(db.session())
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{name} signs in to {slug} as {user.user_name} with the password {password}")
    if code:
        click.echo(f"Students join the class {class_name!r} with the code {code}")


@tenants.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_schools(as_json: bool) -> None:
    """All schools with their state and revision."""
    with Session(provisioning.owner_engine(_settings())) as session:
        rows = session.execute(
            select(models.Tenant, models.TenantVersion.revision)
            .outerjoin(models.TenantVersion, models.TenantVersion.tenant_id == models.Tenant.id)
            .order_by(models.Tenant.slug)
        ).all()
    if as_json:
        click.echo(json.dumps([_as_json(tenant, revision) for tenant, revision in rows]))
        return
    for tenant, revision in rows:
        click.echo(f"{tenant.slug:<24} {tenant.state:<10} {revision or '-':<8} {tenant.name}")
    if not rows:
        click.echo("There is no school yet; make one with: flask tenants create SLUG --name NAME")


@tenants.command("migrate")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 32), help="Schools at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of each school as JSON.")
def migrate(jobs: int, as_json: bool) -> None:
    """Bring every school to the newest revision. What a killed command left is done by the next one."""
    _migrate(jobs=jobs, as_json=as_json)


def _migrate(*, jobs: int, as_json: bool) -> None:
    engine = provisioning.owner_engine(_settings())
    total = len(migrating.list_behind(engine))
    with click.progressbar(length=total, label="Migrating", file=sys.stderr, hidden=not total) as bar:
        try:
            outcomes = migrating.migrate_schools(engine, jobs=jobs, told=lambda _outcome: bar.update(1))
        except migrating.AlreadyMigrating as error:
            raise click.ClickException(str(error)) from error
    failed = [outcome for outcome in outcomes if outcome.failure]
    if as_json:
        click.echo(json.dumps([asdict(outcome) for outcome in outcomes]))
    else:
        click.echo(f"{len(outcomes) - len(failed)} schools were migrated, {len(failed)} failed.")
        for outcome in failed:
            click.echo(f"  {outcome.slug}: {outcome.failure}")
    if failed:
        raise SystemExit(1)


def _as_json(tenant: models.Tenant, revision: str | None) -> dict[str, str | None]:
    tenant_id: UUID = tenant.id
    return {
        "id": str(tenant_id),
        "slug": tenant.slug,
        "name": tenant.name,
        "state": tenant.state.value,
        "time_zone": tenant.time_zone,
        "revision": revision,
    }
