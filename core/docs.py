"""The API's documentation page: Swagger UI from the locked package, nothing loaded from outside."""

from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, send_from_directory

from core.http import PREFIX

_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lernejo API</title>
<link rel="stylesheet" href="{PREFIX}/docs/swagger-ui.css">
<link rel="icon" href="{PREFIX}/docs/favicon-32x32.png">
</head>
<body>
<main id="api"></main>
<script src="{PREFIX}/docs/swagger-ui-bundle.js"></script>
<script src="{PREFIX}/docs/start.js"></script>
</body>
</html>
"""
_START = f"""SwaggerUIBundle({{url: "{PREFIX}/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null}})
"""


def init_docs(app: Flask) -> None:
    """Serve the page at `/api/v1/docs` and its files below it."""
    folder = Path(str(files("flask_swagger_ui") / "dist"))

    @app.get(f"{PREFIX}/docs")
    def docs_page() -> Response:
        return Response(_PAGE, mimetype="text/html")

    @app.get(f"{PREFIX}/docs/start.js")
    def docs_start() -> Response:
        return Response(_START, mimetype="text/javascript")

    @app.get(f"{PREFIX}/docs/<path:name>")
    def docs_file(name: str) -> Response:
        return send_from_directory(folder, name, max_age=3600)
