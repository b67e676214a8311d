"""Rules about the code itself that no linter of the shelf knows."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from core.config import ROOT
from core.errors import DomainError
from tests.code.source import calls, modules

# The edges: where a request, a task or a command ends its own transaction.
MAY_COMMIT = {
    "core.events": "the one place that commits, and announces what was published",
    "core.http": "the request's edge",
    "tasks.delivery": "the task's edge; it marks its row in the same transaction",
    "tasks.handlers": "asks for speech in public, apart from the school's transaction",
    "tenants.cli": "commands",
    "curriculum.cli": "commands",
    "deploy.demo": "a command",
}
MAY_SAVE_POINT = {"tenants.service", "tenants.provisioning", "curriculum.service", "learners.service"}


def test_transactions_end_at_the_edges_alone() -> None:
    found = {
        module
        for module, tree in modules().items()
        for name, _call in calls(tree)
        if name in ("commit", "rollback") and module not in MAY_COMMIT
    }
    assert not found, f"{found} end a transaction; services leave that to the edge"
    idle = {
        module for module in MAY_COMMIT if module in modules() and not {"commit", "rollback"} & names(modules()[module])
    }
    assert not idle, f"{idle} need not stand in the list any more"


def names(tree: ast.AST) -> set[str]:
    return {name for name, _call in calls(tree)}


def test_a_savepoint_is_used_where_an_expected_conflict_is_caught() -> None:
    found = {module for module, tree in modules().items() if "begin_nested" in names(tree)}
    assert found <= MAY_SAVE_POINT


def test_only_settings_and_deployment_read_the_environment() -> None:
    found = set()
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                found.add(module)
    assert {module for module in found if not module.startswith("deploy.")} == {"core.config"}


def test_no_module_is_named_for_nothing() -> None:
    for module in modules():
        assert module.rsplit(".", 1)[-1] not in ("utils", "util", "helpers", "common", "misc", "shared"), module


def test_the_present_instant_is_read_in_one_place() -> None:
    """Everything else takes it as an argument; `time.monotonic` is no calendar."""
    found = {
        module
        for module, tree in modules().items()
        for name, _call in calls(tree)
        if name in ("now", "today", "utcnow") and module != "core.clock" and not _is_clock(_call)
    }
    assert not found


def _is_clock(call: ast.Call) -> bool:
    function = call.func
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "clock"


PURE = [
    "curriculum.grading", "curriculum.patterns", "curriculum.alignment", "curriculum.answer_graph",
    "curriculum.spelling", "curriculum.speech", "learners.lesson_run", "learners.xp", "learners.streaks",
    "learners.achievements", "core.clock",
]  # fmt: skip


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_reads_no_clock_no_chance_and_no_file(module: str) -> None:
    tree = modules()[module]
    if module != "core.clock":
        assert not names(tree) & {"now", "today", "time", "monotonic"}
    assert not names(tree) & {"open", "read_text", "getenv", "urandom", "uuid4", "choice", "random"}


# `text()` and the driver get constants; what is put together stands here with the reason.
MAY_COMPOSE_SQL = {
    ("core.tenancy", "binding"): "role names are checked against one pattern; no request has a say",
    ("tenants.provisioning", "_ensure_role"): "psycopg2.sql quotes it",
}
EXECUTES = {"text", "execute", "exec_driver_sql", "scalar", "scalars"}


def test_no_statement_is_built_from_parts() -> None:
    """Roles stop everything but a stacked SET ROLE, so no text that anybody sends may become part of a statement."""
    found = []
    for module, tree in modules().items():
        for name, call in calls(tree):
            if name in EXECUTES and call.args and _is_composed(call.args[0]):
                found.append(f"{module}, line {call.lineno}")
    assert not found, f"statements are put together in {found}"


def _is_composed(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        if all(isinstance(side, ast.Constant) for side in sides):
            return False
        return any(isinstance(side, ast.Constant | ast.JoinedStr) or _is_composed(side) for side in sides)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")


def test_the_check_for_built_statements_sees_them() -> None:
    for statement in ('f"SELECT {x}"', '"SELECT " + x', '"SELECT %s" % x', '"SELECT {}".format(x)', '" ".join(x)'):
        assert _is_composed(ast.parse(statement, mode="eval").body), statement
    for statement in ('"SELECT 1"', "statement", "select(User)", '"a" "b"', "binding(role)"):
        assert not _is_composed(ast.parse(statement, mode="eval").body), statement


def test_what_a_role_is_named_never_comes_from_a_request() -> None:
    """`binding` is the one statement with a name in it, and only tenancy sends it."""
    users = {module for module, tree in modules().items() if "binding" in names(tree)}
    assert users == {"core.tenancy"}


def error_classes(base: type[DomainError] = DomainError) -> list[type[DomainError]]:
    return [found for child in base.__subclasses__() for found in (child, *error_classes(child))]


def test_an_error_code_means_one_thing(app: object) -> None:
    ours = [error for error in error_classes() if not error.__module__.startswith(("tests.", "test_"))]
    own = [error.code for error in ours if "code" in vars(error)]
    assert [code for code, number in Counter(own).items() if number > 1] == []
    for error in ours:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code), error
        assert 400 <= error.status < 500
    assert len(own) > 10


def test_every_event_has_exactly_one_handler(app: object) -> None:
    from core.events import Event
    from tasks import delivery

    # A dataclass with slots is made twice, so classes are told apart by name.
    events = {f"{event.__module__}.{event.__qualname__}": event.kind for event in Event.__subclasses__()}
    kinds = [kind for name, kind in events.items() if not name.startswith(("tests.", "test_"))]
    assert len(kinds) == len(set(kinds)) >= 3
    assert set(delivery._handlers) - {"tried"} == set(kinds)
    assert set(delivery._priorities) - {"tried"} == set(kinds)


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_machine_or_a_registry() -> None:
    folders = ["/" + name for name in ("work/", "tmp/team", "root/")]
    forbidden = [*folders, "files.python" + "hosted.org", "registry.npm" + "js.org"]
    found = []
    for path in tracked_files():
        if path.is_file() and path.stat().st_size < 2_000_000:
            try:
                content = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # pictures and fonts
            found += [f"{path.relative_to(ROOT)}: {word}" for word in forbidden if word in content]
    assert not found


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_file_pins_by_hash_and_names_no_registry(lock: Path) -> None:
    if lock.name == "node.lock":
        pytest.skip("pins the version of Node alone")
    content = lock.read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", content)
    requirements = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", content).strip())
    assert len(requirements) > 30
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[\w,]+\])?==\S+", requirement), requirement[:80]
        assert "--hash=sha256:" in requirement, requirement[:80]
