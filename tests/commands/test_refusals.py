"""What the machine refuses is told in a sentence with exit code 2, no line of a traceback, and nothing is lost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT
from sample_grades import CLASS

from autograder.core import whole_file
from autograder.core.course import Course
from autograder.core.model import Submission
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns

pytestmark = pytest.mark.sandbox
FINGERPRINT = Course(ROOT).assignment("digits").fingerprint


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A folder of results of five students, to which all tables and pages have been written."""
    folder = tmp_path / "out"
    with Ledger.open(folder / "ledger.db") as ledger:
        for grade in CLASS:
            ledger.add(replace(grade, fingerprint=FINGERPRINT))
    files = tuple(Submission(grade.student, f"in/{grade.student}.ipynb", grade.sha256) for grade in CLASS)
    record.write(HandIns("digits", FINGERPRINT, files), folder)
    done = ran("export", "digits", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


Done = subprocess.CompletedProcess[str]


def ran(*words: str | Path, before: Callable[[], None] | None = None, **surroundings: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "autograder", *words],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        preexec_fn=before,
    )


def contents(folder: Path) -> dict[str, bytes]:
    names = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in names}


def assert_refused(done: Done, sentence: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert sentence in " ".join(done.stderr.split())


def at_most(size: int) -> Callable[[], None]:
    """No file may become larger, as where a share of the disk is used up."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_files_that_cannot_become_whole_leave_those_of_before(graded: Path) -> None:
    before = contents(graded)
    done = ran("export", "digits", "--out", graded, before=at_most(200))
    assert_refused(done, "grades.csv: the file would be larger than you may write. What was graded is kept")
    assert contents(graded) == before
    assert ran("export", "digits", "--out", graded).returncode == 0


ON_A_FULL_DISK = """
sums() { (cd "$1" && sha256sum *.csv feedback/*); }
mount -t tmpfs -o size=600k none "$1" && cp -r "$2/." "$1" || exit 77
before=$(sums "$1")
dd if=/dev/zero of="$1/filler" bs=1k 2>/dev/null
"$3" -m autograder export digits --out "$1"
code=$?
test "$before" = "$(sums "$1")" && exit $code
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_full_disk_leaves_what_was_there(graded: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["unshare", "--mount", "sh", "-c", ON_A_FULL_DISK, "sh", str(disk), str(graded), sys.executable]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if "mount" in done.stderr and "permission" in done.stderr.lower():
        pytest.skip("nothing can be mounted here")
    assert_refused(done, "the disk is full. What was graded is kept")


def test_a_folder_one_may_not_write_is_named(graded: Path) -> None:
    place = graded.parent / "theirs"
    place.mkdir(mode=0o555)
    if os.geteuid() == 0:
        os.chown(place, 12345, 12345)
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    words = [*without, sys.executable, "-m", "autograder", "grade", "digits", "release", "--out", str(place / "out")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert_refused(done, f"{place / 'out'}: nothing can be written there (Permission denied). Name a folder of your")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_that_knows_few_signs_is_told_the_same_in_its_letters(graded: Path, encoding: str) -> None:
    done = ran("feedback", "digits", "--out", graded, "--hold", "bela", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bela is on hold and has no page." in done.stdout
    assert done.stdout.splitlines()[-1].startswith("x bela")


def test_where_a_filled_file_cannot_go_is_told(graded: Path) -> None:
    (graded / "canvas.csv").write_text("Student,ID,SIS User ID,Section,Digit recognition with PyTorch (7)\n")
    target = graded / "nowhere" / "filled.csv"
    done = ran("export", "digits", "--out", graded, "--canvas", graded / "canvas.csv", "--to", target)
    assert_refused(done, f"{target}: there is no such file or folder")


def test_a_file_is_there_as_a_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    whole_file.write(path, "old\r\n")
    (tmp_path / "table.csv.part").mkdir()
    with pytest.raises(OSError, match=r"table\.csv'$"):
        whole_file.write(path, "new")
    assert path.read_bytes() == b"old\r\n"
