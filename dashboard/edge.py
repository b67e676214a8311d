"""What the dashboard's responses carry: its own security policy, compression, and how long they may be kept."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus

import brotli  # type: ignore[import-untyped]
from dash.exceptions import DependencyException
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from core.http import error_body
from dashboard.guard import ASSETS, BUNDLES, PREFIX

A_YEAR = 31_536_000
A_DAY = 86_400
#: Smaller bodies do not get smaller on the wire.
WORTH_COMPRESSING = 1024
COMPRESSIBLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
)

# Bundles are compressed once and kept, so they may take longer than answers, which are made for each request.
_ENCODERS: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda body, is_kept: brotli.compress(body, quality=8 if is_kept else 4),
    "gzip": lambda body, is_kept: gzip.compress(body, compresslevel=8 if is_kept else 5, mtime=0),
}


def security_policy(script_hashes: list[str]) -> str:
    """Scripts from here alone, and the inline ones Dash writes by their hashes; Mantine and Plotly style inline."""
    return (
        f"default-src 'self'; script-src 'self' {' '.join(script_hashes)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    mimetype: str
    etag: str


def init_edge(app: Flask, policy: str) -> None:
    """Finish every response under /dashboard/."""
    # By file and encoding. Dash serves a fixed list of files, so this cannot be filled from outside.
    bundles: dict[tuple[str, str], _Kept] = {}

    # What Dash raises for a file that is not in its list; anybody may ask, so it must not look like a fault of ours.
    app.register_error_handler(DependencyException, _no_such_file)

    @app.before_request
    def serve_kept_bundle() -> Response | None:
        """Dash reads a file of megabytes again for every request; ours is in memory, and compressed."""
        if not request.path.startswith(BUNDLES) or request.method != "GET":
            return None
        name, has_fingerprint = _file_of(request.path)
        encoding = _encoding()
        if not encoding or (name, encoding) not in bundles:
            return None
        kept = bundles[name, encoding]
        response = Response(kept.body, mimetype=kept.mimetype)
        response.headers["Content-Encoding"] = encoding
        response.set_etag(kept.etag)
        if has_fingerprint:
            response.cache_control.max_age = A_YEAR
        response.vary.add("Accept-Encoding")
        response.make_conditional(request)
        return response

    @app.after_request
    def finish(response: Response) -> Response:
        if not request.path.startswith(PREFIX):
            return response
        response.headers["Content-Security-Policy"] = policy
        _say_how_long(response)
        if response.mimetype in COMPRESSIBLE and response.status_code == HTTPStatus.OK:
            response.vary.add("Accept-Encoding")
            if (encoding := _encoding()) and not response.content_encoding and request.method != "HEAD":
                _compress(response, encoding, bundles)
        return response


def _no_such_file(_error: Exception) -> ResponseReturnValue:
    return error_body("not_found", "There is no such file here."), HTTPStatus.NOT_FOUND


def _say_how_long(response: Response) -> None:
    """Files named by their content keep for a year; pages and figures, which are about children, are never stored."""
    caching = response.cache_control
    if request.path.startswith(BUNDLES):
        # Plotly and the parts loaded on demand come without a fingerprint: the browser asks whether they have changed.
        caching.public = True
        caching.immutable = caching.max_age == A_YEAR
        caching.no_cache = None if caching.immutable else True
    elif not request.path.startswith(ASSETS):
        caching.no_store = True
    elif response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        is_dated = "m" in request.args  # the file's time of change, which Dash adds to scripts and style sheets
        caching.no_cache, caching.public = None, True
        caching.max_age, caching.immutable = (A_YEAR if is_dated else A_DAY), is_dated


def _file_of(path: str) -> tuple[str, bool]:
    """The path without the fingerprint of version and time that Dash puts into it, and whether it had one."""
    name, has_fingerprint = check_fingerprint(path)  # type: ignore[no-untyped-call]
    return name, has_fingerprint


def _encoding() -> str | None:
    accepted = request.accept_encodings
    return next((name for name in _ENCODERS if accepted.quality(name) > 0), None)


def _compress(response: Response, encoding: str, bundles: dict[tuple[str, str], _Kept]) -> None:
    response.direct_passthrough = False  # a file is otherwise streamed and has no data to compress
    body = response.get_data()
    if len(body) < WORTH_COMPRESSING:
        return
    if request.path.startswith(BUNDLES):
        compressed = _ENCODERS[encoding](body, True)
        etag: str | None = blake2b(compressed, digest_size=16).hexdigest()
        bundles[_file_of(request.path)[0], encoding] = _Kept(compressed, response.mimetype or "", etag or "")
    else:
        compressed = _ENCODERS[encoding](body, False)
        # The bytes sent are not those that Flask made the tag of.
        etag = f"{response.get_etag()[0]}-{encoding}" if response.get_etag()[0] else None
    response.set_data(compressed)
    response.headers["Content-Encoding"] = encoding
    if etag:
        response.set_etag(etag)
        response.make_conditional(request)
