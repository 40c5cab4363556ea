"""From untrusted bytes to a script that is fit to run."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from damaged import ANSWERS, NAMES, SETUP, STUBS, cell_of, damaged, own, release, student, written
from damaged.situations import ALL, UNREADABLE, Situation, insert, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import ROOT

from autograder import notebook
from autograder.core.errors import CourseError, SubmissionError
from autograder.core.model import Role, Script
from autograder.notebook.code import Code

READABLE = [situation for situation in ALL if situation not in UNREADABLE]


def named(situations: list[Situation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("situation", situations, ids=lambda situation: situation.name)


def restored(data: bytes) -> Script:
    return notebook.restore(notebook.parse(data), release())


def called(names: dict[str, Any], name: str) -> str:
    """What a name of the student's gives when called without care: its answer, or the class of the error."""
    arguments = {"load_digits": 2, "make_loader": 3, "DigitClassifier": 0, "train": 3}
    try:
        function = names[name]() if name == "DigitClassifier" else names[name]
        return str(function(*[None] * arguments.get(name, 2)))
    except KeyError:
        return "NameError"
    except NotImplementedError:
        return "NotImplementedError"


def ran(script: Script) -> dict[str, Any]:
    """The names that are there after all cells ran, failing ones left behind."""
    names: dict[str, Any] = {}
    for cell in script.cells:
        try:
            exec(cell.source.removeprefix("%%time"), names)
        except Exception as error:
            names.setdefault("failed", []).append((cell.name, error))
    return names


@named(READABLE)
def test_each_situation_is_mended_as_promised(situation: Situation) -> None:
    script = restored(situation.data)
    told = [(repair.sentence, repair.hint) for repair in script.repairs]
    wanted = [(part, hint) for part, hint in situation.repairs]
    assert [hint for _, hint in told] == [hint for _, hint in wanted], told
    assert all(part in sentence for (part, _), (sentence, _) in zip(wanted, told, strict=True)), told
    assert script.not_attempted == situation.untouched
    assert (situation.unsure or "") in (script.unsure or "")
    assert bool(situation.unsure) == bool(script.unsure), script.unsure
    assert tuple(cell.name for cell in script.cells) == situation.names


@named(READABLE)
def test_the_answer_that_counts_is_the_one_that_is_left(situation: Situation) -> None:
    names = ran(restored(situation.data))
    wanted = {name: f"{name} mine" for name in NAMES} | situation.values
    assert {name: called(names, name) for name in NAMES} == wanted


@named(UNREADABLE)
def test_what_is_no_notebook_is_refused_with_a_sentence(situation: Situation) -> None:
    with pytest.raises(SubmissionError, match=str(situation.refused)):
        notebook.parse(situation.data)


@named(READABLE)
def test_checks_demos_and_setup_never_run(situation: Situation) -> None:
    script = restored(situation.data)
    assert SETUP not in [cell.source for cell in script.cells]
    assert {cell.role for cell in script.cells} <= {Role.GIVEN, Role.STUB, Role.EXTRA}
    assert len({cell.name for cell in script.cells}) == len(script.cells)


def test_there_are_enough_situations() -> None:
    names = [situation.name for situation in ALL]
    assert len(names) == len(set(names))
    assert len(READABLE) >= 40


def test_the_release_must_have_a_stub() -> None:
    with pytest.raises(CourseError, match="no stub"):
        notebook.restore(notebook.parse(damaged()), {"cells": []})


def test_a_release_with_lines_as_lists_is_the_same() -> None:
    listed = release()
    for cell in listed["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    assert notebook.restore(notebook.parse(damaged()), listed) == restored(damaged())


def test_a_large_file_is_refused_by_its_size() -> None:
    with pytest.raises(SubmissionError, match="has 65 MiB; at most 64 MiB are read"):
        notebook.parse(bytes(65 << 20))
    with pytest.raises(SubmissionError, match="at most 0 MiB"):
        notebook.parse(damaged(), notebook.Caps(file_bytes=100))


def test_outputs_are_never_built() -> None:
    hostile = b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": ' + b"[" * 100_000
    hostile += b"]" * 100_000 + b"}]}"
    assert notebook.parse(hostile)["cells"][0]["source"] == "x"


def test_a_line_of_50_mib_in_the_outputs_is_fine() -> None:
    outputs = [{"output_type": "stream", "name": "stdout", "text": "\U0001f600" + "x" * (50 << 20)}]
    data = damaged(lambda book: cell_of(book, "train").update(outputs=outputs))
    assert restored(data) == restored(damaged())


def test_no_lone_surrogate_is_left() -> None:
    cells = notebook.parse(damaged(put("train", "x = '\ud800'")))["cells"]
    assert "".join(cell["source"] for cell in cells).encode()


def test_code_that_would_undo_a_parser_is_read() -> None:
    horrors = [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "1" + "+1" * 100_000,
        "{" * 5_000,
        '"' * 99_999,
        "'''" * 9_999,
        "\\" * 9_999,
    ]
    script = restored(damaged(insert(None, *(own(horror, f"h{n}") for n, horror in enumerate(horrors)))))
    assert [cell.source for cell in script.cells][-len(horrors) :] == horrors


@pytest.mark.parametrize("stub", sorted(STUBS))
def test_only_the_touched_stub_is_attempted(stub: str) -> None:
    script = restored(written(student({stub: ANSWERS[stub]})))
    assert script.not_attempted == STUBS.keys() - {stub}
    assert not script.repairs


def test_a_stub_of_plain_values_is_answered_by_its_own_cell() -> None:
    book = release()
    cell_of(book, "predict")["source"] = "# YOUR TURN: predict\nrate = None  # TODO"
    filled = json.loads(json.dumps(book))
    cell_of(filled, "predict")["source"] = "rate = 0.1"
    assert "predict" in notebook.restore(notebook.parse(written(book)), book).not_attempted
    script = notebook.restore(notebook.parse(written(filled)), book)
    assert "predict" not in script.not_attempted
    assert not script.repairs


REAL = ROOT / "release" / "digits" / "digits.ipynb"
REAL_STUBS = {"dataset", "model", "train", "accuracy", "predict"}


def test_the_digits_release_has_its_stubs_and_nothing_to_mend() -> None:
    data = REAL.read_bytes()
    script = notebook.restore(notebook.parse(data), json.loads(data))
    assert script.not_attempted == REAL_STUBS
    assert not script.repairs
    assert {cell.stub for cell in script.cells} == {*REAL_STUBS, None}


def test_the_digits_release_is_found_again_without_any_metadata() -> None:
    book = json.loads(REAL.read_bytes())
    for cell in book["cells"]:
        cell["metadata"] = {}
        cell["source"] = "".join(cell["source"]).replace("raise NotImplementedError", "pass  #")
    script = notebook.restore(notebook.parse(written(book)), json.loads(REAL.read_bytes()))
    assert [cell.stub for cell in script.cells if cell.role is Role.STUB] == list(ANSWERS)
    assert [repair.hint for repair in script.repairs] == [None]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMED = st.sampled_from([*STUBS, "imports", "setup", "model_check", "gallery", "x"])
SOURCES = st.sampled_from(
    [*STUBS.values(), *ANSWERS.values(), 'check("model")', "# demo\nx", SETUP, "%%bash\nls"]
) | st.text(string.printable, max_size=60)
MARKS = st.fixed_dictionaries({}, optional={"grade_id": NAMED | JSON, "points": JSON, "solution": JSON})
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "code", "code", "markdown", "raw"]) | JSON,
        "id": NAMED | JSON,
        "source": SOURCES | st.lists(SOURCES, max_size=3) | JSON,
        "metadata": st.fixed_dictionaries(
            {}, optional={"nbgrader": MARKS | JSON, "id": NAMED | JSON, "autograder": JSON}
        )
        | JSON,
        "outputs": JSON,
    },
)
BOOKS = st.fixed_dictionaries(
    {},
    optional={
        "nbformat": st.sampled_from([4, 4, 4, 3]) | JSON,
        "nbformat_minor": st.sampled_from([0, 4, 5]) | JSON,
        "cells": st.lists(CELLS | JSON, max_size=6) | JSON,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELLS, max_size=3)}) | JSON, max_size=2) | JSON,
        "metadata": JSON,
    },
)
RELEASE = release()
FUZZ = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def survives(data: bytes) -> None:
    """Passes where the bytes become a script or a refusal; whatever else is raised fails the test."""
    try:
        script = notebook.restore(notebook.parse(data), RELEASE)
    except SubmissionError as refusal:
        assert str(refusal).endswith(".")
        return
    assert json.dumps([cell.source for cell in script.cells], ensure_ascii=False).encode()


@given(BOOKS)
@FUZZ
def test_no_notebook_breaks_the_reader(book: dict[str, Any]) -> None:
    survives(json.dumps(book).encode())


@given(st.binary(max_size=200), st.integers(0, 4000), st.integers(0, 200))
@FUZZ
def test_no_damaged_bytes_break_the_reader(noise: bytes, at: int, length: int) -> None:
    data = damaged()
    survives(data[:at] + noise + data[at + length :])


def test_the_quotes_of_a_magic_open_no_text() -> None:
    hidden = "%config '''\ndef train(model, loader, epochs):\n    return []\n%config '''\n"
    assert "train" in Code(hidden).definitions
    assert "train" not in Code("text = (1\n% '''\ndef train(): pass\n''')\n").definitions
    assert "train" not in Code("text = 1 \\\n% '''\ndef train(): pass\n'''\n").definitions
