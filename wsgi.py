"""The composition root: `create_app()` puts the rooms together."""

import logging
from http import HTTPStatus
from wsgiref.headers import Headers

from flask import Flask, abort, redirect, send_from_directory
from werkzeug import Response
from werkzeug.routing import PathConverter
from whitenoise import WhiteNoise

import core.cli
import curriculum.api
import curriculum.cli
import curriculum.schemas
import learners.api
import tenants.api
import tenants.cli
from core import auth, redis, storage
from core.config import Settings, read_settings
from core.db import db
from core.docs import init_docs
from core.http import PREFIX, content_security_policy, init_http
from dashboard.app import init_dashboard
from tasks import delivery, handlers  # noqa: F401  importing the handlers registers them
from tenants.directory import init_directory


def create_app(settings: Settings | None = None) -> Flask:
    """The application: API, dashboard, SPA and commands."""
    settings = settings or read_settings()
    # force: servers put handlers of their own on the root logger before the application is made.
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True)
    app = Flask("lernejo", static_folder=None)
    app.extensions["lernejo"] = settings
    db.connect(settings)
    redis.connect(settings)
    storage.connect(settings.storage_url, public_url=settings.storage_public_url)
    auth.init_jwt(app, settings)
    api = init_http(app)
    init_docs(app)
    init_directory(app, settings, needs_school=_needs_school)
    curriculum.schemas.register_question_schemas(api)
    for blueprint in (tenants.api.blp, curriculum.api.blp, learners.api.blp):
        api.register_blueprint(blueprint, url_prefix=PREFIX)
    for commands in (core.cli.commands, tenants.cli.commands, curriculum.cli.commands):
        for command in commands:
            app.cli.add_command(command)
    delivery.listen()
    init_dashboard(app)
    _serve_spa(app, settings)
    return app


def _harden_file(headers: Headers, _path: str, _url: str) -> None:
    """WhiteNoise answers before Flask does, so its files bring the same protection themselves."""
    headers["Content-Security-Policy"] = content_security_policy(None)
    headers["X-Content-Type-Options"] = "nosniff"


def _needs_school(path: str) -> bool:
    """What is the same for everybody does not ask which school it is for."""
    if path.startswith((f"{PREFIX}/openapi.json", f"{PREFIX}/docs", "/dashboard/_dash-component-suites/")):
        return False
    return path.startswith((PREFIX, "/dashboard/"))


class _ScreenPath(PathConverter):
    """Any path but the API's: a call of something that is not there must be 404, and not 405 because of a screen."""

    regex = r"(?!api(?:/|$))[^/].*?"


def _serve_spa(app: Flask, settings: Settings) -> None:
    """The built SPA: files by WhiteNoise, precompressed and cached by hashed names; any other path is a screen."""

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/dashboard")
    def dashboard() -> Response:
        return redirect("/dashboard/", HTTPStatus.PERMANENT_REDIRECT)

    app.url_map.converters["screen"] = _ScreenPath

    @app.get("/", defaults={"path": ""})
    @app.get("/<screen:path>")
    def spa(path: str) -> Response:
        # A missing file must be a 404; answering HTML for a script breaks old tabs in a way nobody understands.
        if "." in path.rsplit("/", 1)[-1]:
            abort(404)
        response = send_from_directory(settings.spa_dir, "index.html")
        response.cache_control.no_cache = True
        return response

    if settings.spa_dir.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=str(settings.spa_dir),
            immutable_file_test=lambda _path, url: url.startswith("/assets/"),
            allow_all_origins=False,
            add_headers_function=_harden_file,
        )
