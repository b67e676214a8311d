"""`make bench`: answers through the real server, and the same SQL transaction by pgbench, in one run.

The server is web and worker as `make run` starts them, on a database of its own. The load is closed: each connection
sends its next answer when the last one came back. Rounds are interleaved, because machines are noisy; what counts is
the ratio of the medians. Bounded: `ROUNDS` rounds of `SECONDS` each way.
"""

import http.client
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.embedded import tell
from tests import solver, stack

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
SECONDS = int(os.environ.get("BENCH_SECONDS") or 8)
CONNECTIONS = 8
PORT = 8765
CODE, PASSWORD = "NRTHCD", "correct-horse"


@dataclass
class Student:
    """A signed-in student with a connection and an endless supply of right answers to the first lesson."""

    connection: http.client.HTTPConnection
    headers: dict[str, str]
    user_id: str
    lesson_id: str
    answers: Iterator[dict[str, Any]]

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request; anything but success ends the bench."""
        self.connection.request(method, "/api/v1" + path, json.dumps(body) if body else None, self.headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status} {content.decode()[:500]}")
        answer: dict[str, Any] = json.loads(content)
        return answer

    def answer(self) -> float:
        """Answer the next question; the seconds it took."""
        body = next(self.answers) | {"attempt_id": str(uuid.uuid4()), "elapsed_ms": 3000, "skipped": False}
        started = time.perf_counter()
        self.call("POST", f"/lesson/{self.lesson_id}/answer", body)
        return time.perf_counter() - started


def register(address: str, number: int) -> Student:
    """A new student at the first lesson."""
    from curriculum.packs import reader

    target = urlsplit(address)
    headers = {"Content-Type": "application/json", "X-School": "north"}
    student = Student(http.client.HTTPConnection(target.netloc, timeout=30), headers, "", "", iter(()))
    account = {"class_code": CODE, "user_name": f"bench-{number}-{uuid.uuid4().hex[:8]}", "display_name": "Bench"}
    session = student.call("POST", "/auth/register", account | {"password": PASSWORD})
    student.headers["Authorization"] = "Bearer " + session["access_token"]
    student.user_id = session["user"]["id"]
    student.lesson_id = student.call("GET", "/modules")["modules"][0]["lessons"][0]["id"]
    asked = student.call("GET", f"/lesson/{student.lesson_id}")["questions"]
    known = reader.read_shipped("en-ru-a1").modules[0].lessons[0].questions
    bodies = [
        {"question_id": shown["id"], "question_version": 1, "answer": solver.right_answer(question)}
        for shown, question in zip(asked, known, strict=True)
    ]
    student.answers = cycle(bodies)
    return student


def load(students: list[Student]) -> list[float]:
    """All students answer at once for `SECONDS`; every latency in seconds."""
    latencies: list[list[float]] = [[] for _ in students]
    stop = time.monotonic() + SECONDS

    def work(student: Student, into: list[float]) -> None:
        while time.monotonic() < stop:
            into.append(student.answer())

    threads = [threading.Thread(target=work, args=pair) for pair in zip(students, latencies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [latency for own in latencies for latency in own]


def pgbench_script(student: Student, schema: str, question_ids: list[str], now: str) -> str:
    """The transaction of an answer as the server sends it: binding, enter, record. Only the attempt's id is new."""
    from core.tenancy import binding
    from learners import answering

    attempt = "CAST(lpad(to_hex(CAST(:random AS bigint)), 32, '0') AS uuid)"
    values = {
        "user_id": f"'{student.user_id}'",
        "lesson_id": f"'{student.lesson_id}'",
        "attempt_id": attempt,
        "now": f"CAST('{now}' AS timestamptz)",
        "today": f"CAST('{now[:10]}' AS date)",
        "completed_on": f"CAST('{now[:10]}' AS date)",
        "question_id": f"'{question_ids[0]}'",
        "question_version": "1", "run": "1", "verdict": "'correct'", "is_first_try": "true", "elapsed_ms": "3000",
        "answer": "'{\"text\": \"Hello\"}'", "digest": "'" + "0" * 64 + "'", "result": "'" + json.dumps(_RESULT) + "'",
        "causes": "'{}'", "amounts": "'{}'", "events": "'[]'", "next_run": "1", "missed": "'{}'", "skipped": "'{}'",
        "passed": "'{" + ",".join(question_ids) + "}'", "completed_count": "1", "earned_runs": "1",
        "best_accuracy": "1",
    }  # fmt: skip
    statements = [
        re.sub(r"(?<!:):([a-z_]+)", lambda match: values[match[1]], str(statement)).strip().replace("\n", " ")
        for statement in (answering._ENTER, answering._RECORD)
    ]
    lines = ["\\set random random(1, 9223372036854775807)", "BEGIN;", binding(schema).replace("; ", ";\n") + ";"]
    return "\n".join([*lines, *(statement + ";" for statement in statements), "COMMIT;"]) + "\n"


_RESULT = {
    "attempt_id": "00000000-0000-0000-0000-000000000000", "verdict": "correct", "passed": True,
    "diff": [{"kind": "equal", "expected": "Hello", "given": "Hello"}] * 4, "solution": "Hello", "translation": None,
    "note": None, "xp": {"granted": 0, "total": 17, "reasons": []},
    "lesson": {"completed": False, "passed": 7, "total": 15, "first_try_accuracy": 1.0},
}  # fmt: skip


def pgbench(binary: Path, url: str, scripts: list[Path]) -> float:
    """Transactions a second by pgbench with as many connections as the load has."""
    from sqlalchemy.engine import make_url

    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    files = [part for script in scripts for part in ("--file", str(script))]
    command = [
        str(binary),
        "--no-vacuum",
        "--client",
        str(CONNECTIONS),
        "--jobs",
        "2",
        "--time",
        str(SECONDS),
        *files,
        dsn,
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=False)
    match = re.search(r"tps = ([0-9.]+)", output.stdout)
    if output.returncode or not match:
        raise SystemExit(f"pgbench failed:\n{output.stdout}\n{output.stderr}")
    return float(match[1])


def percentile(values: list[float], share: float) -> float:
    """The smallest value that `share` of all values do not exceed."""
    return sorted(values)[min(len(values) - 1, math.ceil(share * len(values)) - 1)]


def main() -> int:
    """Run the bench and print its figures."""
    tell("· starting PostgreSQL, Redis, web and worker on a database of their own")
    services = stack.start_services()
    try:
        stack.fill_template()
        with (
            tempfile.TemporaryDirectory() as folder,
            stack.running_stack(
                database="lernejo_bench", redis_index=14, port=PORT, log=Path(folder) / "stack.log"
            ) as (address, settings),
        ):
            _measure(address, settings.database_app_url, services.pgbench(), Path(folder))
    finally:
        services.stop()
    return 0


def _measure(address: str, app_url: str, binary: Path, folder: Path) -> None:
    students = [register(address, number) for number in range(CONNECTIONS)]
    scripts = _write_scripts(students, folder)
    tell(f"· warming up, then {ROUNDS} rounds of {SECONDS} s each way with {CONNECTIONS} connections")
    for student in students:
        for _ in range(15):
            student.answer()
    rates: list[float] = []
    baseline: list[float] = []
    latencies: list[float] = []
    for number in range(1, ROUNDS + 1):
        measured = load(students)
        latencies += measured
        rates.append(len(measured) / SECONDS)
        baseline.append(pgbench(binary, app_url, scripts))
        tell(f"  round {number}: {rates[-1]:7.0f} answers/s   {baseline[-1]:7.0f} transactions/s by pgbench")
    ours, theirs = statistics.median(rates), statistics.median(baseline)
    tell(f"\n  answers/s        {ours:8.0f}   (median of {ROUNDS} rounds)")
    tell(f"  pgbench, same SQL{theirs:8.0f}   transactions/s")
    tell(f"  ratio            {ours / theirs:8.2f}")
    tell(f"  p50              {1000 * percentile(latencies, 0.5):8.1f} ms")
    tell(f"  p99              {1000 * percentile(latencies, 0.99):8.1f} ms")


def _write_scripts(students: list[Student], folder: Path) -> list[Path]:
    """One script a student, so that pgbench's connections meet no more often on a row than the students do."""
    from datetime import UTC, datetime

    tenant_schema = _schema_of("north")
    scripts = []
    for number, student in enumerate(students):
        question_ids = [question["id"] for question in student.call("GET", f"/lesson/{student.lesson_id}")["questions"]]
        script = folder / f"answer-{number}.sql"
        script.write_text(pgbench_script(student, tenant_schema, question_ids, datetime.now(UTC).isoformat()))
        scripts.append(script)
    return scripts


def _schema_of(slug: str) -> str:
    from sqlalchemy import create_engine, text

    from core.tenancy import schema_name

    engine = create_engine(stack.database_url("lernejo_bench"))
    with engine.connect() as connection:
        tenant_id = connection.scalar(text("SELECT id FROM public.tenant WHERE slug = :slug"), {"slug": slug})
    engine.dispose()
    assert tenant_id is not None
    return schema_name(tenant_id)


if __name__ == "__main__":
    sys.exit(main())
