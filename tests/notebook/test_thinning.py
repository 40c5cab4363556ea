"""A notebook that goes to another machine leaves behind what is there already, and is whole again on arrival."""

from __future__ import annotations

import json

from autograder import notebook
from autograder.core.course import Course
from autograder.core.kit import checkout
from autograder.grading.submission import release_of

ASSIGNMENT = Course(checkout()).assignment("digits")
RELEASE = release_of(ASSIGNMENT)


def test_only_what_a_student_wrote_is_left_and_comes_back_as_it_was() -> None:
    handed_in = notebook.parse(ASSIGNMENT.solution.read_bytes())
    thin = notebook.thinned(handed_in, RELEASE)
    assert notebook.filled(thin, RELEASE) == handed_in
    assert len(json.dumps(thin)) < len(json.dumps(handed_in)) / 5


def test_numbers_that_students_write_stay_text() -> None:
    handed_in = {"cells": [{"source": "3"}, {"source": ""}], "mended": []}
    assert notebook.filled(notebook.thinned(handed_in, RELEASE), RELEASE) == handed_in


def test_a_notebook_that_was_not_thinned_stays_as_it_is() -> None:
    handed_in = notebook.parse(ASSIGNMENT.solution.read_bytes())
    assert notebook.filled(handed_in, RELEASE) == handed_in
