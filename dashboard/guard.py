"""Who may come in: every path under /dashboard/ but static files asks for `Permission.DASHBOARD_READ`.

Registered before Dash is constructed, so that none of Dash's own routes can be reached around it.
"""

from urllib.parse import quote

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from core import auth
from core.auth import NotPermitted, NotSignedIn, Permission

PREFIX = "/dashboard/"
ASSETS = f"{PREFIX}assets/"
BUNDLES = f"{PREFIX}_dash-component-suites/"
#: Files that are the same for everybody and tell nothing about anybody.
STATIC = (ASSETS, BUNDLES)


def init_guard(app: Flask) -> None:
    """Send people who open the dashboard without the right to it away; refuse everything else with the error body."""

    @app.before_request
    def guard_dashboard() -> ResponseReturnValue | None:
        if not request.path.startswith(PREFIX) or request.path.startswith(STATIC):
            return None
        try:
            auth.require(Permission.DASHBOARD_READ)
        except NotSignedIn:
            if not _is_navigation():
                raise
            return _away(f"/?next={quote(_destination(), safe='/')}")
        except NotPermitted:
            if not _is_navigation():
                raise
            # No `next`: it would send the person straight back here.
            return _away("/")
        return None


def _is_navigation() -> bool:
    """A page that a person opened, not a request of the page's scripts (Dash's own paths begin with an underscore)."""
    return request.method in ("GET", "HEAD") and not request.path.startswith(f"{PREFIX}_")


def _destination() -> str:
    return request.full_path if request.query_string else request.path


def _away(target: str) -> ResponseReturnValue:
    response = redirect(target)
    response.cache_control.no_store = True
    return response
