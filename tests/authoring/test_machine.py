"""The doctor's look at this machine: what is missing is told in sentences."""

from __future__ import annotations

from pathlib import Path

import prices_course

from autograder.authoring import machine
from autograder.authoring.verify import missing_packages
from autograder.core.course import Course


def test_builds_of_torch_and_torchvision_that_do_not_fit_are_explained() -> None:
    words = "Traceback\n  ...\nRuntimeError: operator torchvision::nms does not exist"
    sentence = machine.explain_import("torchvision", words)
    assert "do not fit" in sentence
    assert "torch 2.15.0 and torchvision 0.29.2" in sentence
    assert "No module named x" in machine.explain_import("x", "ModuleNotFoundError: No module named x")


def test_a_package_that_students_may_import_and_that_is_not_here_is_named(tmp_path: Path) -> None:
    settings = prices_course.write(tmp_path).folder / "assignment.toml"
    assert machine._packages(tmp_path) == []
    settings.write_text(settings.read_text("utf-8").replace("pandas", "no_such_package"), encoding="utf-8")
    [finding] = machine._packages(tmp_path)
    assert not finding.ok
    assert "students may import no_such_package, and it is not installed here" in finding.sentence
    assert missing_packages(Course(tmp_path).assignment("prices"))[0] in finding.sentence
