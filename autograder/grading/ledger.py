"""Where grades are kept until all are there: one row per assignment fingerprint, student and submission.

A grade is written in one transaction of its own, so grading may be killed at any moment and started again. A grade
stays as it was first written, but for one that waits for a person: a later try may replace it. What persons decided
is kept beside the grades and never changes them: `decisions.counted` puts the two together. SQLite by default; any
PostgreSQL URL works too. Only the coordinator writes here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from autograder.core import kit
from autograder.core.decision import Act, Decision
from autograder.core.errors import CourseError
from autograder.core.model import (
    Advice,
    Check,
    CheckResult,
    Exhibit,
    Grade,
    Outcome,
    Picture,
    Repair,
    RunStatus,
    Times,
    Weighed,
)

Row = dict[str, Any]
_BEGINNING = 0x6C6564676572
"""The number that those who begin a ledger in one PostgreSQL database agree on: "ledger" in ASCII."""
WAITING = RunStatus.NEEDS_HUMAN.value


class _Letters(sql.types.TypeDecorator[str]):
    """Text kept letter for letter, though databases refuse NUL and lone surrogates: those are written as escapes."""

    impl = sql.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sql.Dialect) -> str | None:
        return None if value is None else re.sub(r"[\\\x00\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: sql.Dialect) -> str | None:
        return None if value is None else re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), value)


_tables = sql.MetaData()
_grades = sql.Table(
    "grades",
    _tables,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("fingerprint", sql.Text, nullable=False),
    sql.Column("student", _Letters, nullable=False),
    sql.Column("sha256", sql.Text, nullable=False),
    sql.Column("assignment", _Letters, nullable=False),
    sql.Column("status", sql.Text, nullable=False),
    sql.Column("points", sql.Float),
    sql.Column("grade", sql.Text, nullable=False),
    sql.UniqueConstraint("fingerprint", "student", "sha256"),
    sql.Index("grades_of_submission", "student", "sha256"),
)
_states = sql.Table(
    "states",
    _tables,
    sql.Column("fingerprint", sql.Text, primary_key=True),
    sql.Column("parts", sql.Text, nullable=False),
)
_decisions = sql.Table(
    "decisions",
    _tables,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("assignment", _Letters, nullable=False),
    sql.Column("student", _Letters, nullable=False),
    sql.Column("sha256", sql.Text, nullable=False),
    sql.Column("check", _Letters, nullable=False),
    sql.Column("act", sql.Text, nullable=False),
    sql.Column("who", _Letters, nullable=False),
    sql.Column("when", sql.Text, nullable=False),
    sql.Column("why", _Letters, nullable=False),
    sql.Column("before", sql.Float),
    sql.Column("after", sql.Float),
)


class Ledger:
    """The grades of a course. Use as a context manager; `close` lets go of the database."""

    def __init__(self, engine: sql.Engine) -> None:
        self._engine = engine
        with self._transaction() as database:
            if engine.dialect.name == "postgresql":
                # There "if not exists" fails for the second of two that begin a fresh ledger at once: one waits here.
                database.execute(sql.select(sql.func.pg_advisory_xact_lock(_BEGINNING)))
            for table in _tables.sorted_tables:
                database.execute(sql.schema.CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    database.execute(sql.schema.CreateIndex(index, if_not_exists=True))

    @classmethod
    def open(cls, place: str | Path) -> Self:
        """The ledger at a path (made if missing, readable by its owner only) or a `sqlite://` or `postgresql://` URL.

        Raises CourseError if the database cannot be reached or written.
        """
        url = sql.make_url(str(place)) if "://" in str(place) else sql.URL.create("sqlite", database=str(place))
        if url.get_backend_name() == "sqlite" and url.database:
            _make_private(Path(url.database))
        try:
            return cls(_engine_at(url))
        except (ImportError, sql.exc.NoSuchModuleError) as error:
            raise CourseError(
                f"The ledger {url!r} needs a database driver that is not here ({error}): pip install "
                f"'{kit.NAME}[postgresql]' and write postgresql+psycopg://…, or name the driver that is here."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add(self, grade: Grade) -> bool:
        """Keep `grade` for good before returning; False, and nothing changed, if its submission has a grade already.

        A grade that waits for a person is none yet: it is replaced.
        """
        row = {
            "fingerprint": grade.fingerprint,
            "student": grade.student,
            "sha256": grade.sha256,
            "assignment": grade.assignment,
            "status": grade.status.value,
            "points": grade.points,
            "grade": dumps(grade),
        }
        key = ("fingerprint", "student", "sha256")
        insert = self._insert(_grades).values(row)
        result = {name: insert.excluded[name] for name in ("status", "points", "grade")}
        command = insert.on_conflict_do_update(index_elements=key, set_=result, where=_grades.c.status == WAITING)
        with self._transaction() as database:
            return database.execute(command.returning(_grades.c.id)).first() is not None

    def note(self, fingerprint: str, parts: Mapping[str, Any]) -> None:
        """Keep what the assignment consisted of under this fingerprint; nothing changes if that is known already."""
        row = {"fingerprint": fingerprint, "parts": json.dumps(parts, sort_keys=True)}
        with self._transaction() as database:
            database.execute(self._insert(_states).values(row).on_conflict_do_nothing())

    def noted(self) -> dict[str, dict[str, Any]]:
        """What was noted, by fingerprint."""
        with self._transaction() as database:
            rows = database.execute(sql.select(_states.c.fingerprint, _states.c.parts)).all()
        return {fingerprint: json.loads(parts) for fingerprint, parts in rows}

    def earlier(self, fingerprint: str, student: str, sha256: str) -> Grade | None:
        """The newest grade that a submission got under any other fingerprint, or None."""
        key = (_grades.c.fingerprint != fingerprint, _grades.c.student == student, _grades.c.sha256 == sha256)
        return next(self._read(*key, newest_first=True), None)

    def grades(self, assignment: str, fingerprint: str | None = None) -> list[Grade]:
        """All grades of an assignment, oldest first; of one state of its checks only, if `fingerprint` is given."""
        wanted = [_grades.c.assignment == assignment]
        if fingerprint is not None:
            wanted.append(_grades.c.fingerprint == fingerprint)
        return list(self._read(*wanted))

    def done(self, fingerprint: str, *, waiting_too: bool = False) -> set[tuple[str, str]]:
        """(student, sha256) of every submission that has a grade under this fingerprint which waits for nobody.

        `waiting_too`: of those, too, that wait for a person.
        """
        query = sql.select(_grades.c.student, _grades.c.sha256).where(_grades.c.fingerprint == fingerprint)
        query = query if waiting_too else query.where(_grades.c.status != WAITING)
        with self._transaction() as database:
            return {(student, sha256) for student, sha256 in database.execute(query)}

    def decide(self, assignment: str, decision: Decision) -> None:
        """Keep what a person decided, for good: no later decision erases it."""
        row = asdict(decision) | {"assignment": assignment, "when": decision.when.isoformat()}
        with self._transaction() as database:
            database.execute(sql.insert(_decisions).values(row))

    def rename(self, assignment: str, names: Mapping[str, str]) -> None:
        """Keep what persons decided about students under other ids (old → new) from now on; all else of it stays."""
        command = sql.update(_decisions).where(_decisions.c.assignment == assignment)
        with self._transaction() as database:
            for old, new in names.items():
                database.execute(command.where(_decisions.c.student == old).values(student=new))

    def decisions(self, assignment: str) -> list[Decision]:
        """All that persons decided for an assignment, oldest first."""
        columns = [column for column in _decisions.c if column.name not in ("id", "assignment")]
        query = sql.select(*columns).where(_decisions.c.assignment == assignment).order_by(_decisions.c.id)
        with self._transaction() as database:
            rows = database.execute(query).mappings().all()
        return [
            Decision(**{**row, "act": Act(row["act"]), "when": datetime.fromisoformat(row["when"])}) for row in rows
        ]

    def _insert(self, table: sql.Table) -> Any:
        """An insert that can say what is to be done about a row that is there already."""
        return (postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert)(table)

    def _read(self, *conditions: sql.ColumnElement[bool], newest_first: bool = False) -> Iterator[Grade]:
        order = _grades.c.id.desc() if newest_first else _grades.c.id
        query = sql.select(_grades.c.grade).where(*conditions).order_by(order)
        with self._transaction() as database:
            texts = database.scalars(query).all()
        return map(loads, texts)

    @contextmanager
    def _transaction(self) -> Iterator[sql.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sql.exc.DBAPIError as error:
            raise CourseError(
                f"The ledger {self._engine.url!r} cannot be used ({error.orig}). Nothing that was written is lost: "
                "see to the disk or the database server, then start again."
            ) from error


def dumps(grade: Grade) -> str:
    """`grade` as one line of ASCII JSON; `loads` gives back an equal grade."""
    return json.dumps(asdict(grade), separators=(",", ":"))


def loads(text: str) -> Grade:
    """The grade that `dumps` wrote."""
    raw = json.loads(text)
    return Grade(
        **raw
        | {
            "status": RunStatus(raw["status"]),
            "checks": tuple(_result(each) for each in raw["checks"]),
            "repairs": tuple(Repair(**each) for each in raw["repairs"]),
            "sandbox": tuple(raw["sandbox"]),
            "weighed": tuple(_weighed(each) for each in raw.get("weighed", ())),
            "times": Times(**raw.get("times", {})),
        }
    )


def _weighed(raw: dict[str, Any]) -> Weighed:
    return Weighed(**raw | {"attempts": tuple(raw.get("attempts", ()))})


def _result(raw: Row) -> CheckResult:
    return CheckResult(
        **raw
        | {
            "check": Check(**raw["check"]),
            "outcome": Outcome(raw["outcome"]),
            "advice": tuple(Advice(**each) for each in raw["advice"]),
            "exhibits": tuple(_exhibit(each) for each in raw["exhibits"]),
        }
    )


def _exhibit(raw: Row) -> Exhibit:
    return Exhibit(
        raw["title"],
        tuple(raw["curve"]),
        tuple((name, level) for name, level in raw["lines"]),
        tuple(Picture(**each) for each in raw["pictures"]),
        raw.get("best", False),
    )


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise CourseError(
            f"The ledger {path} cannot be opened ({error.strerror}): choose a folder that you may write to."
        ) from error


def _engine_at(url: sql.URL) -> sql.Engine:
    """An engine for `url`; SQLite is set to survive SIGKILL and power cuts, also on network file systems.

    A rollback journal, unlike a write-ahead log, needs no memory shared between processes.
    """
    if url.get_backend_name() != "sqlite":
        return sql.create_engine(url)
    engine = sql.create_engine(url, connect_args={"timeout": 30})

    @sql.event.listens_for(engine, "connect")
    def durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=TRUNCATE")
        connection.execute("PRAGMA synchronous=FULL")

    return engine
