"""What a verb makes ready before it grades."""

from __future__ import annotations

import pytest
from places import ROOT

from autograder.commands.engine import use_data
from autograder.commands.options import Machine
from autograder.core.course import Course
from autograder.core.errors import CourseError


def test_digits_are_asked_for_only_where_an_assignment_uses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_DATA", "/nowhere")
    use_data(Machine(), Course(ROOT).assignment("gradient_descent"))
    with pytest.raises(CourseError, match="MNIST's four files"):
        use_data(Machine(), Course(ROOT).assignment("digits"))
