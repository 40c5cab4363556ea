"""Puts into the wheel what a machine without a checkout needs of it: the sample course, and Gradescope's ingredients.

The rest of the packaging is declared in pyproject.toml.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
PLACE = Path("autograder", "checkout")
"""Where `autograder.core.kit.checkout` finds it."""
CARRIED = ("course.toml", "nbgrader_config.py", "assignments/digits", "pyproject.toml", "setup.py")
CARRIED += ("requirements.lock", "README.md", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("right", "wrong", "__pycache__", ".*")


class BuildWithCheckout(build_py):
    """Builds the package, and lays the carried files into it. An editable install finds them where they are."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            place = Path(self.build_lib) / PLACE
            shutil.rmtree(place, ignore_errors=True)
            for name in CARRIED:
                _copy(HERE / name, place / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT)
    else:
        shutil.copy(source, target)


setup(cmdclass={"build_py": BuildWithCheckout})
