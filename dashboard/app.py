"""Dash inside Flask, on the same cookie session as the SPA."""

from html import escape
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask

from core.auth import current_actor
from core.tenancy import current_tenant
from dashboard import callbacks, page
from dashboard.edge import init_edge, security_policy
from dashboard.guard import ASSETS, PREFIX, init_guard
from dashboard.words import Words, words_for
from tenants.access import access_self

HERE = Path(__file__).parent


class _Dash(Dash):
    """Dash whose first page speaks the person's language; unlike the layout, it is made for each request."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash passes all of them by name
        """The HTML document around Dash's scripts."""
        words = words_for(access_self(current_actor()).locale)
        return f"""<!DOCTYPE html>
<html lang="{words.locale}">
<head>
{parts["metas"]}
<meta name="color-scheme" content="light dark">
<title>{escape(_title(words))}</title>
<link rel="icon" type="image/svg+xml" href="{_asset("logo.svg")}">
<script src="{_asset("head/theme.js")}"></script>
{parts["css"]}
</head>
<body>
<div id="react-entry-point"><p class="starting" role="status">{escape(words("loading"))}</p></div>
<noscript><p class="starting">{escape(words("no_script"))}</p></noscript>
{parts["config"]}
{parts["scripts"]}
{parts["renderer"]}
</body>
</html>"""


def _title(words: Words) -> str:
    return f"{words('title')} · {current_tenant().name}"


def _asset(name: str) -> str:
    """The address of an asset with its time of change, as Dash writes those it includes by itself."""
    return f"{ASSETS}{name}?m={(HERE / 'assets' / name).stat().st_mtime}"


def init_dashboard(app: Flask) -> None:
    """Put the dashboard under /dashboard/."""
    init_guard(app)  # first: Dash's routes must never answer before it
    dash = _Dash(
        __name__,
        server=app,  # type: ignore[arg-type]  # its type says bool, its documentation says Flask
        url_base_pathname=PREFIX,
        assets_folder=str(HERE / "assets"),
        # Served when asked for by name; only the rest of the folder goes into every page by itself.
        assets_path_ignore=["head"],
        csrf_token_name="csrf_access_token",  # noqa: S106  the name of a cookie
        csrf_header_name="X-CSRF-TOKEN",
        suppress_callback_exceptions=True,  # most components come with the first callback
        update_title="",
        add_log_handler=False,
        enable_mcp=False,
    )
    dash.layout = page.make_layout()
    callbacks.register(dash)
    init_edge(app, security_policy(list(dash.csp_hashes())))
