"""Commands about the files of the installation."""

import click
from flask.cli import AppGroup

from core.storage import S3Storage, storage

files = AppGroup("storage", help="Look after the place where files are kept.")
commands = (files,)


@files.command("prepare")
def prepare() -> None:
    """Make the bucket if it is missing. Safe to run again at every start."""
    store = storage()
    if isinstance(store, S3Storage):
        store.ensure_bucket()
        click.echo(f"The bucket {store.bucket!r} is ready.")
    else:
        click.echo("The storage folder is ready.")
