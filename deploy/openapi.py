"""`python -m deploy.openapi`: write openapi.json from the code. Nothing is connected to, so made-up addresses do."""

import json
import tempfile
from pathlib import Path
from typing import Any

from core.config import ROOT

FILE = ROOT / "openapi.json"


def generate() -> dict[str, Any]:
    """The OpenAPI document of the code as it is."""
    import os

    with tempfile.TemporaryDirectory() as folder:
        stand_ins = {
            "DATABASE_URL": "postgresql://nobody@localhost/none",
            "REDIS_URL": "redis://localhost",
            "STORAGE_URL": Path(folder).as_uri(),
            "SECRET_KEY": "x" * 32,
        }
        os.environ.update({name: value for name, value in stand_ins.items() if not os.environ.get(name)})
        from wsgi import create_app

        app = create_app()
        document: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
        return document


if __name__ == "__main__":
    FILE.write_text(json.dumps(generate(), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
