"""`autograder show`: one student, or what is open in the class."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.commands.console import ask_whose, say, tick, title
from autograder.commands.options import Results, SandboxMode, Section, of_section
from autograder.core.course import Assignment, Course
from autograder.core.model import CheckResult, Grade, Outcome
from autograder.grading import scoring

if TYPE_CHECKING:
    from autograder.core.decision import Decision
    from autograder.intake.roster import Roster
    from autograder.results.dossier import Dossier
    from autograder.results.kept import Kept
    from autograder.results.late import Final


def show(
    name: str,
    results: Results,
    student: Annotated[
        str, typer.Argument(help="A student's id, or a name in the roster; without it, what is open.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Run the work once more, same seed; write nothing.")] = False,
    section: Section = "",
    mode: SandboxMode = None,
) -> None:
    """Show all about one student: marks, messages, output, repairs, what was changed, where the files lie.

    Without a student: who needs a person, who asks for another look, and every mark given by hand. What you read here
    is for instructors: messages of hidden checks are among it.
    """
    from autograder.results import dossier, kept

    assignment = Course.at(Path.cwd()).assignment(name)
    found = kept.read(assignment, results.folder, results.ledger)
    given, ends, people = results.reckoned(assignment)
    if not student:
        _show_questions(found, of_section(ends, people, section), people, section)
        ask_whose(sentence for _, sentence in given.unresolved)
        return
    if absent := dossier.without_work(student, ends, people):
        title(f"{people.label(absent)}: {'not graded yet' if absent in given.students else 'nothing handed in'}")
        _show_trail(found.decisions, absent)
        return
    final = dossier.final_of(student, ends, people)
    _show(dossier.dossier(assignment, results.folder, final, found.decisions), people.label(final.grade.student))
    if again:
        _show_again(assignment, final, mode)


def _show_questions(found: Kept, ends: list[Final], people: Roster, section: str) -> None:
    from autograder.results import kept

    topic, theirs = "", people.students_of(section) if section else set()
    absent = (one.student for one in people.without(found.given.students))
    for one in kept.questions(found, ends, absent):
        if section and one.student not in theirs:
            continue
        if one.topic != topic:
            topic = one.topic
            title(topic)
        say(": ".join(filter(None, [people.label(one.student), one.sentence])))
    if not topic:
        say("Nothing is open, and no mark was given by hand.")


def _show_trail(decisions: Iterable[Decision], student: str) -> None:
    from autograder.results import kept

    for one in decisions:
        if one.student == student:
            say(kept.told(one))


def _show(one: Dossier, who: str) -> None:
    from autograder.results import kept

    final, grade = one.final, one.final.grade
    title(f"{who}: {_of(final.so_far, final.max_points)}")
    say(f"{grade.status}. {grade.reason}")
    for sentence in final.sentences:
        say(sentence)
    _show_checks(grade)
    sections = {
        "Typed in formgrader": [f"{part}: {comment}" for part, comment in final.comments],
        "Decided by persons": [kept.told(decision) for decision in one.trail],
        "Repairs": [repair.sentence for repair in grade.repairs],
        "Printed": [grade.printed] if grade.printed else [],
        **{f"Changed: {part}": [lines] for part, lines in one.differences.items() if lines},
        "Files": [f"{what}: {path}" for what, path in one.places.items()],
    }
    for topic, lines in sections.items():
        if lines:
            title(topic)
            for line in lines:
                say(line)


def _show_checks(grade: Grade) -> None:
    for result in grade.checks:
        passed = result.outcome is Outcome.PASSED
        tick(passed, f"{result.check.name} ({_worth(result)})", f"{result.check.title}. {result.message}".strip())


def _show_again(assignment: Assignment, final: Final, mode: SandboxMode) -> None:
    """Grades the file once more with the seed of its row; nothing is kept, the row stays as it is."""
    from autograder.grading.submission import Task, grade, prove_walls

    before = final.grade
    task = Task(str(assignment.root), assignment.name, final.submission, before.seed, mode)
    prove_walls(task)
    row = grade(task)
    title(f"Run again with seed {before.seed}: {_of(row.points, row.max_points)}, {row.status}. {row.reason}")
    _show_checks(row)
    for one in row.weighed:
        say(f"{one.looked_at}: {one.got:.4g}, needed {one.needed:.4g}, attempts {', '.join(map(str, one.attempts))}")
    say(f"{row.seconds:g} s, of which the student's processes used {row.cpu_seconds:g} s.")
    say(f"Printed:\n{row.printed}" if row.printed else "Nothing was printed.")
    say("Nothing was written.")


def _worth(result: CheckResult) -> str:
    return _of(None if result.outcome is Outcome.ERROR else result.points, result.check.points)


def _of(points: float | None, most: float) -> str:
    return f"{scoring.number(points)} of {scoring.number(most)} points"
