"""A PostgreSQL server of the tests' own: Debian's programs, a folder below /tmp, a socket there, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sql

ORDINARY_USER = "nobody"
"""The server refuses to run as root."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server(folder_of_programs: Path) -> Iterator[sql.URL]:
    """A running server; its URL has no database yet."""
    place = tempfile.mkdtemp(prefix="autograder-postgresql-")
    try:
        if os.geteuid() == 0:
            shutil.chown(place, ORDINARY_USER)
        control = [str(folder_of_programs / "pg_ctl"), "-D", f"{place}/data", "-w", "-s", "-l", f"{place}/log"]
        _run(
            str(folder_of_programs / "initdb"), "-D", f"{place}/data", "-U", "tester", "-A", "trust", "-N", "-E", "UTF8"
        )
        _run(*control, "-o", f"-k {place} -c listen_addresses=''", "start")
        try:
            yield sql.URL.create("postgresql+psycopg", "tester", query={"host": place})
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place)


def new_database(url: sql.URL, name: str) -> str:
    """An empty database; its URL."""
    engine = sql.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def _run(*command: str) -> None:
    user = ORDINARY_USER if os.geteuid() == 0 else None
    done = subprocess.run(command, cwd="/", user=user, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
