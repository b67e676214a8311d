"""`python -m deploy.spa build|test|lint|types`: run the SPA's scripts, with a Node.js of our own where none fits."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from core.config import ROOT
from deploy.embedded import tell

SPA = ROOT / "spa"


def wanted_version() -> tuple[int, int]:
    """The oldest Node.js the SPA's package.json allows."""
    engines = json.loads((SPA / "package.json").read_text())["engines"]["node"]
    major, minor = re.match(r">=(\d+)\.(\d+)", engines).groups()  # type: ignore[union-attr]
    return int(major), int(minor)


def node_folder() -> Path:
    """The folder of a fitting `node` and `npm`: the system's if new enough, else the locked wheel in the venv."""
    venv = Path(sys.executable).parent
    for folder in (venv, Path(shutil.which("node") or "/nowhere").parent):
        if (folder / "node").exists() and (folder / "npm").exists() and _version(folder / "node") >= wanted_version():
            return folder
    tell("· Node.js: installing the locked wheel (once)")
    lock = ROOT / "requirements" / "node.lock"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", str(lock)], check=True)
    return venv


def _version(node: Path) -> tuple[int, int]:
    output = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    match = re.match(r"v(\d+)\.(\d+)", output)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def npm(*arguments: str) -> int:
    """Run npm in `spa/`; its exit code."""
    folder = node_folder()
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "CI": "1"}
    return subprocess.run([folder / "npm", *arguments], cwd=SPA, env=environment, check=False).returncode


def install() -> int:
    """Install what the lock file names, if it changed since the last time."""
    lock, stamp = SPA / "package-lock.json", SPA / "node_modules" / ".lernejo-lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return 0
    tell("· SPA: installing its packages (about half a minute, once)")
    code = npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    if code == 0:
        stamp.write_bytes(lock.read_bytes())
    return code


def main(arguments: list[str]) -> int:
    """Install what is missing and run one script."""
    code = install()
    if code:
        return code
    if arguments[:1] == ["build"]:
        tell("· SPA: building")
        return npm("run", "build", "--silent", "--", "--logLevel", "warn") or compress()
    return npm("run", *arguments)


def compress() -> int:
    """Put a .gz and .br beside each file, so that serving costs nothing."""
    folder = str(SPA / "dist")
    return subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", folder], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
