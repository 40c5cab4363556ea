"""Hostile submissions get nothing, reach nothing, and change nobody's row."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import html5lib
import numpy as np
import pytest
from attack_bench import HONEST, Attack, Bench, attacks, children, from_variant, text_of, without_times
from attacks import tiny
from places import ROOT

from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.core.course import Assignment, Course
from autograder.core.errors import CheckTimeout
from autograder.core.model import Cell, Grade, Role, RunStatus
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, grade_class
from autograder.grading.ledger import Ledger
from autograder.intake import hand_ins
from autograder.results.handover import hand_over
from autograder.results.pages import feedback
from autograder.sandbox import Limits, Room, Template

ALL = attacks()
QUICK = ("look_up_table", "claimed_accuracy", "degenerate_shapes")
ORDINARY = [attack for attack in ALL if attack.assignment == "tiny" or attack.name in QUICK]
"""The whole corpus is played by `make attacks`, in every mode."""
BY_NAME = {attack.name: attack for attack in ALL}
TABLE = str(ROOT / "tests" / "support" / "attack_table.py")
AS_ORDINARY_USER = [sys.executable, str(ROOT / "tests" / "sandbox" / "ordinary_user.py")] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as opened:
        yield opened
    assert opened.left == [], "processes, mounts or temporary files are left of the corpus"


# --- the corpus -------------------------------------------------------------------------------------------------------

INSPECTOR = '''"""Tells what it finds in its process: the modules' code, and traces of whoever came before.

status: graded
seconds: 9
"""
# %% extra
import hashlib, sys, types
digest = hashlib.sha256()
for name, module in sorted(sys.modules.items()):
    names = vars(module) if type(module) is types.ModuleType else {}
    for key in sorted(map(str, names)):
        code = names[key].__code__.co_code if type(names.get(key)) is types.FunctionType else b""
        digest.update(f"{name}.{key} {type(names.get(key)).__name__}".encode() + code)
print("modules", digest.hexdigest())
# %% extra
import re
traces = set()
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            begin, end = (int(part, 16) for part in span.split("-"))
            if rights.startswith("rw") and end - begin < 256 << 20:
                memory.seek(begin)
                traces |= set(re.findall(rb"one.neighbours.[m]ark", memory.read(end - begin)))
except OSError as error:
    print("no memory file", error)
print("traces", sorted(traces))
'''


def inspected(bench: Bench) -> list[str]:
    """What a submission finds in its process."""
    row = bench.hand_in(from_variant("inspector", INSPECTOR))
    return [line for line in row.printed.splitlines() if line.startswith(("modules", "traces"))]


@pytest.fixture(scope="module")
def before(bench: Bench) -> list[str]:
    return inspected(bench)


@pytest.mark.parametrize("attack", ORDINARY, ids=lambda attack: attack.id)
def test_an_attack_gets_nothing_and_changes_nobody(bench: Bench, before: list[str], attack: Attack) -> None:
    assert bench.play(attack).faults == ()


MARK = '''"""Leaves a mark in its process.

status: graded
seconds: 9
"""
# %% extra
held = ["one-neighbours-" + "mark" + str(number) for number in range(9999)]
'''


def test_the_warm_process_is_as_before_and_remembers_nobody(bench: Bench, before: list[str]) -> None:
    assert bench.play(from_variant("mark", MARK)).faults == ()
    assert inspected(bench) == before
    assert before[1] == "traces []"


@pytest.mark.parametrize("mode", ["user", "reduced"])
def test_the_other_modes_stop_what_matters_most(mode: str) -> None:
    command = [*AS_ORDINARY_USER, sys.executable, TABLE, "--everywhere", "--mode", mode]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_attacks_win_where_no_wall_stands() -> None:
    command = [*AS_ORDINARY_USER, sys.executable, TABLE, "--mode", "unconfined", "--only", "lingering_daemon"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert "secret.txt was changed" in done.stdout


# --- whole classes ----------------------------------------------------------------------------------------------------

CLASS = [
    "hard_exit",
    "sys_exit",
    "lying_float",
    "html_in_text",
    "csv_formula",
    "hidden_data_in_messages",
    "giant_allocation",
]
NAMES = ["=1+1", "'); DROP TABLE grades; --", "<img src=x onerror=alert(1)>", "caf\u00e9", "cafe\u0301", "-rf", "CON"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    root = tmp_path_factory.mktemp("course")
    tiny.write(root, "no secret")
    return Course(root).assignment("tiny")


@pytest.fixture(scope="module")
def handed_in(course: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with hostile submissions under hostile names, and two honest ones."""
    folder, notebooks = tmp_path_factory.mktemp("submitted"), Notebooks(course)
    for name, attack in zip(NAMES, CLASS, strict=True):
        cells = BY_NAME[attack].cells
        assert cells is not None
        (folder / f"{name}.ipynb").write_bytes(notebooks.of(cells))
    for name, text in HONEST.items():
        (folder / f"{name}.ipynb").write_bytes(notebooks.of(variant.parse(name, text)))
    return folder


def graded(course: Assignment, folder: Path, out: Path, key: bytes, slots: int, dice: random.Random) -> list[Grade]:
    """The rows of a class, handed to the engine in an order that `dice` decides."""
    out.mkdir(exist_ok=True)
    (out / "seed.key").write_bytes(key)
    submissions = list(hand_ins.collect(folder).submissions)
    dice.shuffle(submissions)
    with LocalEngine(slots) as engine:
        return grade_class(Class(course, tuple(submissions), out), engine)


@pytest.fixture(scope="module")
def rows(course: Assignment, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Grade]:
    return graded(course, handed_in, tmp_path_factory.mktemp("out"), b"k" * 32, 1, random.Random(1))


def test_one_row_for_each_submission_whatever_its_name(rows: list[Grade]) -> None:
    assert [row.student for row in rows] == sorted([*NAMES, *HONEST])


def test_the_same_score_in_any_order_and_with_two_workers(
    course: Assignment, handed_in: Path, rows: list[Grade], tmp_path: Path
) -> None:
    again = graded(course, handed_in, tmp_path / "out", b"k" * 32, 2, random.Random(2))
    assert [text_of(without_times(row)) for row in again] == [text_of(without_times(row)) for row in rows]


@pytest.fixture(scope="module")
def out(course: Assignment, handed_in: Path, rows: list[Grade], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed-over")
    hand_over(Class(course, hand_ins.collect(handed_in).submissions, folder), rows)
    return folder


def test_pages_hold_no_element_and_no_attribute_of_a_student(out: Path) -> None:
    for page in (*(out / "feedback").glob("*.html"), out / "report.html"):
        tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        assert not [each for each in tree.iter("img") if each.get("src") == "x"], page
        assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")], page
        assert not [each for each in tree.iter("script") if "gotcha" in (each.text or "")], page


def test_tables_keep_their_rows_and_hold_no_formula(out: Path) -> None:
    for name in ("grades.csv", "checks.csv"):
        with (out / name).open(newline="", encoding="utf-8-sig") as file:
            table = list(csv.reader(file))
        assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")], name
    assert len(table) > len(NAMES)


def test_feedback_does_not_quote_what_hidden_checks_handed_over(rows: list[Grade]) -> None:
    (row,) = [row for row in rows if "HIDDEN" in row.printed]
    page = feedback.page(row, title="Tiny", hints={})
    hidden = np.random.default_rng(row.seed + 5).random((3, 1, 28, 28)).astype(np.float32).flatten()[:3]
    labels = np.random.default_rng(row.seed + 21).integers(0, 10, 29)
    assert not [value for value in hidden if str(float(value))[:8] in page]
    assert ", ".join(map(str, labels[20:])) not in page


def test_a_public_check_tells_nothing_that_hidden_ones_handed_over(bench: Bench) -> None:
    row = bench.hand_in(BY_NAME["hidden_data_in_public_messages"])
    told = {check.check.hidden: "" for check in row.checks}
    for check in row.checks:
        told[check.check.hidden] += check.message
    assert "NOTED" in told[True], "the attack was not played"
    assert "NOTED" not in told[False]


# --- a grader that is killed ------------------------------------------------------------------------------------------

LOOP = '"""Loops."""\n# %% predict\ndef predict(model, image):\n    while True: pass\n'
GRADE = """
import sys
from pathlib import Path
from autograder.core.course import Course
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, grade_class
from autograder.intake import hand_ins
if __name__ == "__main__":
    root, folder, out = map(Path, sys.argv[1:])
    with LocalEngine(1) as engine:
        grade_class(Class(Course(root).assignment("tiny"), hand_ins.collect(folder).submissions, out), engine)
"""


def test_a_killed_grader_leaves_no_process_and_the_next_run_goes_on(course: Assignment, tmp_path: Path) -> None:
    folder, out, script = tmp_path / "submitted", tmp_path / "out", tmp_path / "grade.py"
    folder.mkdir()
    (folder / "eve.ipynb").write_bytes(Notebooks(course).of(variant.parse("eve", LOOP)))
    script.write_text(GRADE)
    known = {number for number, _ in children()}
    command = [sys.executable, str(script), str(course.root), str(folder), str(out)]
    grader = subprocess.Popen(command, cwd=ROOT)
    wait_until(lambda: len(new_children(known)) >= 5, 90)
    grader.kill()
    grader.wait()
    wait_until(lambda: not new_children(known), 5)
    with Ledger.open(out / "ledger.db") as ledger:
        assert ledger.done(course.fingerprint) == set()
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    with Ledger.open(out / "ledger.db") as ledger:
        (row,) = ledger.grades("tiny")
    assert (row.status, row.points) == (RunStatus.TIMED_OUT, 19.0)


def new_children(known: set[int]) -> list[tuple[int, str]]:
    return [(number, name) for number, name in children() if number not in known]


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, new_children(set())
        sleep(0.05)


# --- honest work beside it --------------------------------------------------------------------------------------------

UNTOUCHED = '"""Nothing done.\n\nuntouched: model, accuracy, predict\n"""'
TOOLS = '''"""The usual tools of honest notebooks."""
# %% extra
import logging, tempfile, warnings
import matplotlib.pyplot as plt
from tqdm.auto import tqdm

warnings.warn("careful")
logging.getLogger("mine").warning("logged")
with tempfile.NamedTemporaryFile() as file:
    file.write(b"kept")
for batch in tqdm(DataLoader(list(range(8)), batch_size=2, num_workers=2)):
    plt.plot(batch)
plt.show()
'''


def points_of(bench: Bench, text: str) -> float | None:
    cells = variant.parse("honest", text)
    return bench._run("tiny", "honest", bench.written("tiny", cells)).points


@pytest.mark.parametrize(
    ("text", "points"), [(UNTOUCHED, 0.0), (HONEST["ada"], 20.0), (HONEST["zoe"], 19.0), (TOOLS, 20.0)]
)
def test_honest_work_earns_what_it_is_worth(bench: Bench, text: str, points: float) -> None:
    assert points_of(bench, text) == points


# --- walls that are limits --------------------------------------------------------------------------------------------

SLOW_AND_LOUD = """
import os, time
os.write(1, b"x" * (1 << 20))
def late():
    time.sleep(1.5)
    return "arrived"
"""


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    with Template.start(Limits()) as started:
        yield started


@pytest.mark.parametrize(("kib", "kept"), [(4, 4096), (2048, 1 << 20)])
def test_the_output_cap_alone_keeps_a_flood_out(template: Template, kib: int, kept: int) -> None:
    with closing(Room(template, (Cell("a", SLOW_AND_LOUD, Role.STUB),), "", Limits(output_kib=kib))) as room:
        assert room.student.late.__student_type__ == "function"
        assert room.printed.count("x") == kept


def test_the_clock_alone_stops_a_sleeper(template: Template) -> None:
    with closing(Room(template, (Cell("a", SLOW_AND_LOUD, Role.STUB),), "", Limits())) as room:
        with room.check(0.5), pytest.raises(CheckTimeout):
            room.student.late()
        with room.check(60):
            assert room.student.late() == "arrived"
