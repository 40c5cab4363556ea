"""What nbgrader's gradebook holds in the end: points of our checks, and all that persons typed in formgrader."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sql
from nbgrader import api

from autograder.late import Total


def totals(database: str, assignment: str) -> dict[str, Total]:
    """By nbgrader's student id the points of each submission, before any penalty; nothing where there is no gradebook.

    `database` is a SQLAlchemy URL.
    """
    url = sql.make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    kind = api.SubmittedAssignment
    query = (
        sql.select(kind.student_id, kind.score, kind.max_score, kind.needs_manual_grade)
        .join(api.Assignment, api.Assignment.id == kind.assignment_id)
        .where(api.Assignment.name == assignment)
    )
    engine = sql.create_engine(url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(query).all()
    finally:
        engine.dispose()
    return {student: Total(float(score), float(most), bool(waits)) for student, score, most, waits in rows}
