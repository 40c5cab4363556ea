"""`autograder mark`: a person's decision about one check, with its reason."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import say
from autograder.commands.options import Results, Section, alone
from autograder.core.course import Course
from autograder.core.decision import Decision, Hand
from autograder.core.errors import CourseError
from autograder.core.model import Grade
from autograder.grading import scoring


@alone
def mark(
    name: str,
    student: str,
    results: Results,
    why: Annotated[str, typer.Option("--why", help="The reason. The student reads that of points given.")],
    check: Annotated[str, typer.Argument(help="A check's name, as `show` tells it.")] = "",
    points: Annotated[float | None, typer.Argument(help="What it is to be worth for this student.")] = None,
    note: Annotated[bool, typer.Option("--note", help="Only note that the student asks for another look.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Let the judge's own points count again.")] = False,
    section: Section = "",
) -> None:
    """Give a student points for a check by hand. They outlive every regrade; who decided, when and why is kept.

    Tables, the student's page and the gradebook are written anew, and the pages of whoever is told something old. A
    note stays open in `autograder show NAME` until a mark answers it, though it be the points of before.
    """
    from autograder.grading.ledger import Ledger
    from autograder.results import dossier, handover, kept

    assignment = Course.at(Path.cwd()).assignment(name)
    given, ends, people = results.reckoned(assignment)
    _refuse_two(points, note, withdraw)
    absent = dossier.without_work(student, ends, people) if note else ""
    before = None if absent else dossier.final_of(student, ends, people)
    student = before.grade.student if before else absent
    if section and student not in people.students_of(section):
        raise CourseError(
            f"--section: {student} is not in the section {section!r}. Correct the student's id, or leave out --section."
        )
    hand = Hand(_login(), datetime.now(UTC).replace(microsecond=0), _reason(why))
    decision = _decision(before.grade, check, hand, points, note) if before else _note(student, check, hand)
    with Ledger.open(results.ledger or results.folder / "ledger.db") as ledger:
        ledger.decide(name, decision)
    say(f"{people.label(student)}: {kept.told(decision)}")
    if note or before is None:
        return
    what = handover.Handover(assignment, results.folder, given, people, results.gradebook)
    rows = kept.read(assignment, results.folder, results.ledger).rows
    after = handover.hand_over_again(what, rows, {student, *handover.behind(what, ends)})
    earned = dossier.final_of(student, after)
    say(f"Before any penalty: {scoring.number(before.so_far)} → {scoring.number(earned.so_far)} points.")
    say(f"Results, feedback pages and gradebook are current: {results.folder}")


def _refuse_two(points: float | None, note: bool, withdraw: bool) -> None:
    if [points is not None, note, withdraw].count(True) != 1:
        raise CourseError("Say one thing: how many POINTS the check is worth, or --note, or --withdraw.")


def _note(student: str, check: str, hand: Hand) -> Decision:
    from autograder.grading import decisions

    return decisions.note_without_work(student, check, hand)


def _decision(row: Grade, check: str, hand: Hand, points: float | None, note: bool) -> Decision:
    from autograder.grading import decisions

    if note:
        return decisions.note(row, check, hand)
    return decisions.withdraw(row, check, hand) if points is None else decisions.mark(row, check, points, hand)


def _reason(why: str) -> str:
    if not why.strip():
        raise CourseError("--why is empty: say in a sentence why. Whoever asks later will want to know.")
    return why.strip()


def _login() -> str:
    """Who is logged in, by the system's own account: what the environment says could be anybody."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
