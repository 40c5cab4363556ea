"""Variants: small files that stand for whole notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import variant
from autograder.core.errors import CourseError

TEXT = '''"""Does something wrong.

fails: model
hint: relu-on-scores, not-ten-scores
also: train
"""
# %% extra
helper = 1
# %% model
class DigitClassifier:
    pass
# %% extra
print("bye")
'''


def code(source: str, stub: str | None = None) -> dict[str, Any]:
    marks = {"nbgrader": {"grade_id": stub, "solution": True, "grade": False}} if stub else {}
    return {"cell_type": "code", "id": stub or "x", "metadata": marks, "source": source, "outputs": []}


RELEASE = {"cells": [code("import torch"), code("# YOUR TURN: dataset\n...", "dataset"), code("...", "model")]}
ANSWERS = {"dataset": "def load(): ...", "model": "class DigitClassifier: ..."}


def sources(text: str) -> list[str]:
    return [cell["source"] for cell in variant.notebook(variant.parse("x", text), RELEASE, ANSWERS)["cells"]]


def test_the_docstring_tells_what_must_happen() -> None:
    one = variant.parse("x", TEXT)
    assert one.title == "Does something wrong."
    assert (one.fails, one.hints, one.also) == ("model", ("relu-on-scores", "not-ten-scores"), ("train",))
    assert not one.is_advice


def test_named_stubs_are_replaced_and_the_others_keep_the_reference() -> None:
    assert sources(TEXT) == [
        "import torch",
        "# YOUR TURN: dataset\ndef load(): ...",
        "helper = 1",
        "class DigitClassifier:\n    pass",
        'print("bye")',
    ]


def test_untouched_stubs_stay_as_they_were_handed_out() -> None:
    assert sources('"""Open.\n\nuntouched: dataset\n"""')[1:] == ["# YOUR TURN: dataset\n...", ANSWERS["model"]]


def test_the_release_is_left_as_it_was() -> None:
    sources(TEXT)
    assert RELEASE["cells"][2]["source"] == "..."


def test_an_unknown_stub_is_named_with_those_there_are() -> None:
    with pytest.raises(CourseError, match=r"no stub .modle.; the assignment has: dataset, model"):
        sources('"""Wrong."""\n# %% modle\npass')


@pytest.mark.parametrize("text", ["x = 1", '"""Title.\n\nno key here\n"""'])
def test_a_broken_form_is_the_instructors_to_mend(text: str) -> None:
    with pytest.raises(CourseError):
        variant.parse("x", text)


def test_words_that_are_no_pattern_are_named() -> None:
    with pytest.raises(CourseError, match="`says:` is no regular expression"):
        variant.parse("x", '"""Wrong.\n\nsays: (\n"""\n')


def test_folders_stand_in_for_the_keys_that_a_wrong_variant_leaves_out(tmp_path: Path) -> None:
    texts = {
        "model/relu-on-scores/by_clamp": '"""Title."""',
        "model/small_world": '"""Title."""',
        "model/relu-on-scores/other": '"""Title.\n\nfails: any\nhint: not-ten-scores\n"""',
        "train/slow-training/told": '"""Title.\n\nadvice: yes\n"""',
        "flat": '"""Title.\n\nfails: train\n"""',
    }
    for name, text in texts.items():
        (tmp_path / "wrong" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "wrong" / f"{name}.py").write_text(text)
    assert {one.name: (one.fails, one.hints) for one in variant.below(tmp_path / "wrong")} == {
        "model/relu-on-scores/by_clamp": ("model", ("relu-on-scores",)),
        "model/small_world": ("model", ()),
        "model/relu-on-scores/other": ("any", ("not-ten-scores",)),
        "train/slow-training/told": (None, ("slow-training",)),
        "flat": ("train", ()),
    }


def test_folders_promise_nothing_of_a_right_variant(tmp_path: Path) -> None:
    (tmp_path / "right" / "model").mkdir(parents=True)
    (tmp_path / "right" / "model" / "wide.py").write_text('"""Title."""')
    assert [(one.name, one.keys) for one in variant.below(tmp_path / "right")] == [("model/wide", {})]
