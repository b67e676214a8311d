"""Commands about course packs."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core import clock, events
from core.db import db
from core.errors import DomainError
from core.tenancy import tenant_scope
from curriculum import service
from curriculum.packs import reader
from tenants.directory import Directory

packs = AppGroup("packs", help="Check course packs and adopt them into schools.")
commands = (packs,)


@packs.command("list")
def list_packs() -> None:
    """The packs that ship with the product."""
    for key in reader.shipped_keys():
        pack = reader.read_shipped(key)
        click.echo(f"{key}  {pack.title}  ({sum(1 for _ in pack.questions)} questions)")


@packs.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Read a pack folder and list everything that is wrong with it."""
    try:
        pack = reader.read_pack(folder)
    except reader.PackInvalid as error:
        raise click.ClickException(f"{len(error.faults)} faults:\n{error}") from error
    click.echo(f"{pack.key}: {len(pack.modules)} modules, {sum(1 for _ in pack.questions)} questions, no fault.")


@packs.command("adopt")
@click.argument("school")
@click.argument("key")
@click.option("--publish", is_flag=True, help="Show it to the students at once and have its speech made.")
def adopt(school: str, key: str, publish: bool) -> None:
    """Copy the shipped pack KEY into the SCHOOL (its slug) as a course of its own."""
    try:
        pack = reader.read_shipped(key)
        with tenant_scope(Directory().by_slug(school)):
            course = service.adopt_pack(pack, now=clock.now())
            if publish:
                service.publish_course(course, now=clock.now())
            events.commit(db.session())
    except (DomainError, reader.PackInvalid, reader.PackUnknown) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{school} has the course {pack.title!r}{', published' if publish else ' as a draft'}.")
