"""The zip for Gradescope: unpacked and run as its documentation says, it writes a results.json that it takes."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from places import ROOT
from sample_grades import CLASS, ERRED, FULL, HINTS, PARTLY, SECRET, UNREADABLE, hostile
from typer.testing import CliRunner

from autograder import cli
from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.core.course import Course
from autograder.core.model import Grade
from autograder.results.files import gradescope

DIGITS = Course(ROOT).assignment("digits")
ORDINARY_USER = [sys.executable, str(ROOT / "tests" / "sandbox" / "ordinary_user.py")]
AS_ORDINARY_USER = ORDINARY_USER if os.geteuid() == 0 else []
"""In the way of root may stand that Python lies in root's own home; in a container of Gradescope's it does not."""

TOP = {"score", "execution_time", "output", "output_format", "stdout_visibility", "extra_data", "tests"}
TEST = {"name", "number", "score", "max_score", "output", "output_format", "visibility", "status"}
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
HALF = '"""Half."""\n# %% train\ndef train(model, loader, epochs):\n    return [1.0] * epochs\n'
HOSTILE = (
    '"""Writes its own marks and ends the process."""\n# %% model\n'
    + """
import json, os
for place in ("/autograder/results/results.json", "../results/results.json", "results.json"):
    try:
        open(place, "w").write(json.dumps({"score": 1000}))
    except OSError:
        pass
print('{"score": 1000}')

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(784, 10)

    def forward(self, images):
        os._exit(0)
"""
)

HOG = (
    '"""Fills the container."""\n# %% model\n'
    + """
held = []

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(784, 10)

    def forward(self, images):
        held.append(torch.ones(900_000_000, dtype=torch.uint8))
        return self.scores(images.flatten(1))
"""
)
READER = (
    '"""Answers right only if what its process was started with holds nothing of the container\'s environment."""\n'
    + f"""# %% predict
import ctypes, os

libc = ctypes.CDLL(None)
libc.getauxval.restype = ctypes.c_size_t
started = ctypes.c_size_t.in_dll(libc, "__libc_stack_end").value + 8
first = ctypes.c_size_t.from_address(started).value
words = ctypes.string_at(first, libc.getauxval(31) - first) + str(dict(os.environ)).encode()
assert b"autograder" in words

def predict(model, image):
    model.eval()
    with torch.no_grad():
        return 99 if {SECRET!r}.encode() in words else int(model(image[None]).argmax())
"""
)


def keeps_to_the_documentation(table: dict[str, Any]) -> bool:
    """Looks at every field that Gradescope documents; nothing else may be there."""
    assert table.keys() <= TOP and {"score", "output", "tests"} <= table.keys()
    assert isinstance(table["score"], float) and isinstance(table["output"], str)
    assert isinstance(table.get("execution_time", 0), int)
    assert table["stdout_visibility"] in VISIBILITY
    for test in table["tests"]:
        assert test.keys() <= TEST and TEST - {"status"} <= test.keys()
        assert 0.0 <= test["score"] <= test["max_score"]
        assert all(isinstance(test[name], str) for name in ("name", "number", "output"))
        assert test["output_format"] == "text" and test["visibility"] in VISIBILITY
        assert test.get("status", "passed") in ("passed", "failed")
    numbers = [test["number"] for test in table["tests"]]
    return len(set(numbers)) == len(numbers)


@pytest.fixture(scope="module")
def layout() -> Iterator[Path]:
    """A folder as Gradescope lays out /autograder, with the zip unpacked in it; an ordinary user can reach it."""
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        root = Path(name)
        gradescope.pack(DIGITS, root / "autograder.zip")
        with zipfile.ZipFile(root / "autograder.zip") as archive:
            for member in archive.infolist():
                path = root / "source" / archive.extract(member, root / "source")
                path.chmod(member.external_attr >> 16 & 0o777 | 0o044)
        shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
        for folder in (root, root / "submission", root / "results"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o777)
        yield root


@dataclass(frozen=True)
class Container:
    """A control group that holds 768 MiB and no more, as Gradescope's smallest container."""

    folder: Path

    @classmethod
    def make(cls) -> Container | None:
        """A new one; None where this host lets nobody limit memory."""
        for base, limit in (("memory", "memory.limit_in_bytes"), ("", "memory.max")):
            folder = Path("/sys/fs/cgroup", base, f"autograder-{secrets.token_hex(4)}")
            try:
                folder.mkdir()
                (folder / limit).write_text(str(768 << 20))
                return cls(folder)
            except OSError:
                with suppress(OSError):
                    folder.rmdir()
        return None

    def enter(self) -> None:
        """Be in it from now on, with all that this process starts."""
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self) -> None:
        """Take it away once all that was in it has ended. Raises OSError if something stays for 10 seconds."""
        give_up = monotonic() + 10
        while (self.folder / "cgroup.procs").read_text() and monotonic() < give_up:
            sleep(0.05)
        self.folder.rmdir()

    @property
    def kills(self) -> int:
        """How many processes the kernel ended in it for want of memory."""
        notes = [self.folder / name for name in ("memory.oom_control", "memory.events")]
        lines = dict(line.split() for note in notes if note.exists() for line in note.read_text().splitlines())
        return int(lines["oom_kill"])


@pytest.fixture
def container() -> Iterator[Container | None]:
    """A container of its own for each test; None, and no limit, where this host has none to give."""
    made = Container.make()
    yield made
    if made is not None:
        made.remove()


def graded(root: Path, container: Container | None, submission: bytes, name: str = "digits.ipynb") -> dict[str, Any]:
    """What results.json holds after a run in 768 MiB and reduced mode, as in a container without namespaces."""
    for old in [*(root / "submission").iterdir(), *(root / "results").iterdir()]:
        old.unlink()
    (root / "submission" / name).write_bytes(submission)
    facts = {"users": [{"email": "ada@example.org", "id": 1, "name": "Ada"}]}
    (root / "submission_metadata.json").write_text(json.dumps(facts))
    places = {"GRADESCOPE_ROOT": str(root), "GRADESCOPE_PYTHON": sys.executable, "GRADESCOPE_MODE": "reduced"}
    command = [*AS_ORDINARY_USER, root / "run_autograder"]
    planted = {"CANVAS_TOKEN": SECRET}
    ran = subprocess.run(
        command,
        cwd=root,
        env=os.environ | places | planted,
        capture_output=True,
        text=True,
        timeout=280,
        preexec_fn=container and container.enter,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    table: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return table


def written(text: str) -> bytes:
    return Notebooks(DIGITS).of(variant.parse("sample", text))


def stubs(table: dict[str, Any]) -> dict[str, float]:
    """Points of each stub."""
    points: dict[str, float] = {}
    for test in table["tests"]:
        stub = test["name"].partition(":")[0]
        points[stub] = points.get(stub, 0.0) + test["score"]
    return points


@pytest.mark.sandbox
def test_the_solution_earns_everything(layout: Path, container: Container | None) -> None:
    table = graded(layout, container, DIGITS.solution.read_bytes())
    assert keeps_to_the_documentation(table)
    assert table["score"] == pytest.approx(sum(test["max_score"] for test in table["tests"])) == 20.0
    assert container is None or container.kills == 0
    assert {test["status"] for test in table["tests"]} == {"passed"}
    assert {test["visibility"] for test in table["tests"]} == {"visible", "hidden"}
    assert "namespaces" not in table["extra_data"]["sandbox"]
    assert {"landlock", "seccomp", "rlimits"} <= {*table["extra_data"]["sandbox"]}


@pytest.mark.sandbox
def test_half_the_work_earns_half_and_is_told_why(layout: Path, container: Container | None) -> None:
    table = graded(layout, container, written(HALF), "Copy of digits (1).ipynb")
    assert keeps_to_the_documentation(table)
    assert table["score"] == pytest.approx(sum(test["score"] for test in table["tests"]))
    assert container is None or container.kills == 0
    earned = stubs(table)
    assert earned["train"] < 3.0 and (earned["model"], earned["predict"]) == (4.0, 1.0)
    assert all(test["output"] for test in table["tests"] if test["status"] == "failed")


@pytest.mark.sandbox
def test_a_hostile_notebook_writes_no_marks(layout: Path, container: Container | None) -> None:
    table = graded(layout, container, written(HOSTILE))
    assert keeps_to_the_documentation(table)
    assert table["score"] == pytest.approx(sum(test["score"] for test in table["tests"]))
    assert container is None or container.kills == 0
    assert table["score"] <= 16.0
    assert stubs(table)["model"] == 0.0
    assert "1000" not in json.dumps(table)


@pytest.mark.sandbox
def test_a_notebook_that_fills_the_container_loses_only_what_it_filled_it_with(
    layout: Path, container: Container | None
) -> None:
    if container is None:
        pytest.skip("no control group for memory is to be had here")
    table = graded(layout, container, written(HOG))
    assert container.kills > 0
    assert stubs(table)["model"] < 4.0 and (stubs(table)["accuracy"], stubs(table)["predict"]) == (4.0, 1.0)


@pytest.mark.sandbox
def test_what_the_container_is_told_is_not_in_the_students_memory(layout: Path, container: Container | None) -> None:
    table = graded(layout, container, written(READER))
    assert [test["score"] for test in table["tests"] if test["name"].startswith("predict")] == [0.5, 0.5]


@pytest.mark.parametrize("names", [[], ["a.ipynb", "b.ipynb"]])
def test_without_one_notebook_the_student_is_told(names: list[str], tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    for name in names:
        (tmp_path / "submission" / name).write_text(name)
    table = gradescope.run(DIGITS, tmp_path)
    assert keeps_to_the_documentation(table)
    assert (table["score"], table["tests"]) == (0.0, [])
    assert "Hand in your notebook digits.ipynb" in table["output"]


@pytest.mark.parametrize("grade", CLASS, ids=lambda grade: grade.student)
def test_every_grade_becomes_valid_results(grade: Grade) -> None:
    table = gradescope.results(grade, HINTS)
    assert keeps_to_the_documentation(table)
    assert SECRET not in json.dumps(table)


def test_hidden_checks_are_hidden_and_numbered_by_stub() -> None:
    tests = gradescope.results(PARTLY, HINTS)["tests"]
    assert [test["number"] for test in tests] == ["1.1", "1.2", "2.1", "2.2", "3.1"]
    assert [test["visibility"] == "hidden" for test in tests] == [result.check.hidden for result in PARTLY.checks]
    assert [test["status"] for test in tests] == ["passed", "failed", "failed", "passed", "passed"]


def test_what_waits_for_a_person_says_so() -> None:
    assert "when a person has looked" in gradescope.results(ERRED, HINTS)["output"]
    assert "when a person has looked" not in gradescope.results(FULL, HINTS)["output"]
    assert "could not be read" in gradescope.results(UNREADABLE, HINTS)["output"]


def test_hostile_text_stays_text() -> None:
    table = gradescope.results(hostile("\x1b[31m\u202egnp\ud800"), HINTS)
    assert keeps_to_the_documentation(table)
    assert "\x1b" not in table["output"] and "\u202e" not in json.dumps(table, ensure_ascii=False)
    assert json.dumps(table, ensure_ascii=False).encode()


def test_the_zip_holds_its_scripts_at_the_top_and_no_solution(layout: Path) -> None:
    with zipfile.ZipFile(layout / "autograder.zip") as archive:
        names = archive.namelist()
    assert {"setup.sh", "run_autograder", "course.toml", "autograder/cli.py"} <= {*names}
    assert not [name for name in names if name.startswith("solutions/") or "/right/" in name or "__pycache__" in name]
    assert os.access(layout / "source" / "setup.sh", os.X_OK)
    assert b"\r" not in (layout / "source" / "setup.sh").read_bytes()


def test_export_gradescope_makes_the_zip(layout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = ["export", "gradescope", "digits", "--to", str(tmp_path / "digits.zip")]
    assert CliRunner().invoke(cli.app, words, catch_exceptions=False).exit_code == 0
    with zipfile.ZipFile(tmp_path / "digits.zip") as made, zipfile.ZipFile(layout / "autograder.zip") as packed:
        assert made.namelist() == packed.namelist()
