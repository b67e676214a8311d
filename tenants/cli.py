"""Commands about the database and its schools."""

import json
import re
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
from tenants.schemas import LOCALES, USER_NAME

database = AppGroup("database", help="Prepare and migrate the database.")
tenants = AppGroup("tenants", help="Make and look after schools.")
commands = (database, tenants)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["lernejo"]
    return settings


@database.command("prepare")
def prepare() -> None:
    """Make roles and public tables, and bring every school to the newest revision. Safe to run again."""
    provisioning.prepare_database(provisioning.owner_engine(_settings()), _settings())
    _migrate(jobs=2, as_json=False)


def _slug(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", value):
        raise click.BadParameter("use 1 to 40 lower-case letters, digits and inner dashes, as in a host name")
    return value


def _time_zone(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"{value!r} is no IANA time zone; an example is Europe/Riga")
    return ZoneInfo(value).key


def _school_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not 1 <= len(value.strip()) <= 100:
        raise click.BadParameter("use 1 to 100 characters")
    return value.strip()


def _user_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not 3 <= len(value) <= 32 or not re.match(USER_NAME, value):
        raise click.BadParameter("a user name has 3 to 32 letters a-z, digits, dots, dashes and underscores")
    return value


def _password(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not 8 <= len(value) <= 128:
        raise click.BadParameter("use 8 to 128 characters, or leave it out to have one made up")
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


def create_school(
    settings: Settings, *, slug: str, name: str, time_zone: str, locale: str, admin: tuple[str, str]
) -> Tenant:
    """Make a school and its first admin (`user name, password`); commits. Raises `SlugTaken`."""
    login = make_url(settings.database_app_url).username
    tenant = provisioning.create_school(
        provisioning.owner_engine(settings),
        login=login or "",
        slug=slug,
        name=name,
        time_zone=time_zone,
        locale=locale,
        now=clock.now(),
    )
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
