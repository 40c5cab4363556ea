"""The kit as others install it: a wheel that needs no checkout, and keeps its sample course from students."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import ROOT

from autograder.core import kit
from autograder.core.errors import CourseError
from autograder.results.files.gradescope import KIT

pytestmark = pytest.mark.sandbox


COURSE = ("course.toml", "nbgrader_config.py")
CLASS = ("ada", "ben", "kim")
"""Those of the sample class who are graded here; tests/assignments grades all."""


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own, which borrows the packages that it needs from this one."""

    wheel: Path
    python: Path

    def run(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        path = os.pathsep.join([str(self.python.parent), str(Path(sys.executable).parent), surroundings["PATH"]])
        return subprocess.run(
            [self.python, *words],
            cwd=folder,
            env=surroundings | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=600,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built from a copy, so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    parts = ("autograder", "assignments", "pyproject.toml", "setup.py", "MANIFEST.in", *KIT, *COURSE)
    source = folder / "source"
    for part in dict.fromkeys(parts):
        _copy(ROOT / part, source / part)
    build = [sys.executable, "-c", "import sys; from setuptools.build_meta import build_wheel as b; b(sys.argv[1])"]
    subprocess.run([*build, folder], cwd=source, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "environment"], check=True, timeout=120)
    (packages,) = (folder / "environment").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    for student in (packages / "autograder" / kit.CARRIED).glob("assignments/digits/class/*.py"):
        if student.stem not in CLASS:
            student.unlink()
    return Installed(wheel, folder / "environment" / "bin" / "python")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def test_the_wheel_carries_the_sample_course_but_no_bank(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    assert f"autograder/{kit.CARRIED}/assignments/digits/digits.ipynb" in names
    assert f"autograder/{kit.CARRIED}/assignments/digits/class/ada.py" in names
    assert [name for name in KIT if f"autograder/{kit.CARRIED}/{name}" not in names] == []
    assert [name for name in names if "digits/wrong/" in name or "digits/right/" in name or "/tests/" in name] == []


def test_in_an_empty_folder_the_demo_grades_its_class_and_gradescopes_zip_is_made(
    installed: Installed, tmp_path: Path
) -> None:
    found = installed.run(tmp_path, "-c", "import autograder; print(autograder.__file__)").stdout
    assert found.startswith(str(installed.python.parent.parent))
    demo = installed.run(tmp_path, "-m", "autograder", "demo")
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "Every sample got the points that it must get." in demo.stdout
    course = tmp_path / "demo-course"
    assert (course / "graded" / "report.html").is_file()
    made = installed.run(course, "-m", "autograder", "gradescope", "digits")
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(course / "autograder.zip") as archive:
        names = archive.namelist()
    assert {"setup.sh", "pyproject.toml", "setup.py", "course.toml", "autograder/cli.py"} <= {*names}
    assert [name for name in names if name.startswith(f"autograder/{kit.CARRIED}/")] == []
    looked = installed.run(course, "-c", SPY, LOOK)
    assert looked.returncode == 0, looked.stderr
    assert "seen: nothing" in looked.stdout


LOOK = '''"""Looks for the checks of the wheel's own course."""
# %% extra
from pathlib import Path
try:
    found = [path.name for path in Path(FOLDER).rglob("*")]
except OSError:
    found = []
print("seen:", *found or ["nothing"])
'''
SPY = """
import sys
from pathlib import Path
from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.core import kit
from autograder.core.course import Course
from autograder.grading.group import grade

if __name__ == "__main__":
    assert list(kit.checkout().rglob("test_digits.py"))
    text = sys.argv[1].replace("FOLDER", repr(str(kit.checkout())))
    row = grade(Notebooks(Course(Path.cwd()).assignment("digits")).task(variant.parse("spy", text), 1))
    print(row.printed)
"""


def test_a_package_without_its_course_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert kit.checkout() == ROOT
    monkeypatch.setattr(kit, "PACKAGE", tmp_path / "autograder")
    with pytest.raises(CourseError, match="the sample course is missing"):
        kit.checkout()


def test_a_part_that_needs_an_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.grading.engines.dask import DaskEngine

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"needs the package distributed.*pip install 'notebook-judge\[cluster\]'"):
        DaskEngine.local(1)
