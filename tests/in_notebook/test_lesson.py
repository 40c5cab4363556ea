"""Promises of the helpers in a student's notebook: check, hint, progress, ready_to_submit."""

from __future__ import annotations

import atexit
import contextlib
import json
import random
import re
import sys
import time
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from torch import nn
from traitlets.config import Config

from autograder.checks import expect
from autograder.checks.names import needs
from autograder.checks.points import points, probe
from autograder.core.errors import StudentError
from autograder.in_notebook import namespace
from autograder.in_notebook.card import FAILED, PASSED, Card, Line
from autograder.in_notebook.cells import SET_UP, Cells, borrowed
from autograder.in_notebook.lesson import TODO, Lesson
from autograder.in_notebook.patience import patient

GIVEN = "import math"
DOUBLE = "# YOUR TURN: double\ndef double(x):\n    return 2 * x"
WRONG = "# YOUR TURN: double\ndef double(x):\n    return 3 * x"
BROKEN = "# YOUR TURN: double\ndef double(x):\n    return x + nothing"
OPEN = f"# YOUR TURN: double\ndef double(x):\n    raise NotImplementedError({TODO!r})"
HINTS = """
[hint.tripled]
stub = "double"
nudge = "Try it with 1."
text = "Multiply by two, not by three."
costs = "points"

[hint.hidden-state]
stub = "notebook"
nudge = "Restart and run all."
text = "This cell uses a name that no cell before it defines."
costs = "points"

[hint.noted]
stub = "double"
nudge = "?"
text = "Add a docstring."
costs = "advice"

[[rule]]
hint = "hidden-state"
kinds = ["NameError"]
"""


@probe
def doubled(student: Any, sandbox: Any, seed: int) -> list[float]:
    sandbox.seed(seed)
    return [student.double(x) for x in (1, 2.5, random.random())]


@points(2, stub="double")
def it_doubles(doubled: list[float]) -> None:
    """double(x) is twice x"""
    hint = "tripled" if doubled[0] == 3 else None
    expect.that(doubled[0] == 2, looked_at="double(1)", got=doubled[0], wanted=2, hint=hint)


@points(1, stub="double")
def it_keeps_floats(doubled: list[float]) -> None:
    """double works for floats too"""
    expect.advise("noted")
    expect.close("double(2.5)", doubled[1], 5.0)


@points(1, stub="empty")
def it_is_empty(student: Any) -> None:
    """nothing is empty"""
    student.nothing_at_all()


CHECKS = {
    "doubled": doubled,
    "it_doubles": it_doubles,
    "it_keeps_floats": it_keeps_floats,
    "it_is_empty": it_is_empty,
}
PARTS = {"double": ["double"], "empty": ["nothing_at_all"]}
LATER = [("double", "double of a secret", 3.0)]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    made = InteractiveShell(config=Config(HistoryManager={"hist_file": ":memory:"}))
    yield made
    made.atexit_operations()
    atexit.unregister(made.atexit_operations)


@pytest.fixture
def lesson(shell: InteractiveShell) -> Lesson:
    made = Lesson(PARTS, GIVEN, LATER, CHECKS, {}, HINTS, shell)
    made.steps("double", "Think of addition.", "x + x would do.", "return x plus x")
    for name in ("check", "hint", "progress", "ready_to_submit"):
        shell.user_ns[name] = getattr(made, name)
    run(shell, GIVEN)
    return made


def run(shell: InteractiveShell, *sources: str) -> None:
    for source in sources:
        shell.run_cell(source, store_history=True)


def test_a_card_shows_prose_as_prose_and_code_as_code() -> None:
    told = ("Call `flatten(1)` <first>.\nThe line: return `x`", "one ` alone")
    card = Card("Hint", lines=(Line(FAILED, "x", details=told),), notes=("See `F.relu`.",))._repr_html_()
    assert "Call <code>flatten(1)</code> &lt;first&gt;." in card
    assert 'monospace;white-space:pre-wrap">The line: return `x`</div>' in card
    assert "one ` alone" in card
    assert "See <code>F.relu</code>." in card


def test_of_a_failed_check_what_to_do_is_bold(shell: InteractiveShell, lesson: Lesson) -> None:
    run(shell, GIVEN, "def double(x):\n    return 3 * x")
    bold = re.findall(r'font-weight:bold">([^<]+)</div>', lesson._card("double", lesson._run("double"))._repr_html_())
    assert bold == ["Multiply by two, not by three."]


def test_a_hint_is_about_the_mistake_that_the_card_explains(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = {name: CHECKS[name] for name in ("doubled", "it_keeps_floats", "it_doubles")}
    lesson = Lesson(PARTS, GIVEN, LATER, turned, {}, HINTS, shell)
    lesson.steps("double", "Think of addition.")
    run(shell, GIVEN, "def double(x):\n    return 3 * x")
    lesson.hint("double")
    assert "Think of addition." in capsys.readouterr().out


def test_an_untouched_part_is_told_quietly(
    shell: InteractiveShell, lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shell, OPEN, 'check("double")')
    told = capsys.readouterr()
    assert "– double(x) is twice x" in told.out
    assert "Not attempted yet" in told.out
    assert "Traceback" not in told.out + told.err


def test_a_cell_that_was_not_run_is_asked_for(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, 'check("double")')
    assert "Run the cell that begins with # YOUR TURN: double first" in capsys.readouterr().out


def test_another_name_is_pointed_out(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, DOUBLE.replace("def double", "def doubles"), 'check("double")')
    assert "`double` in your notebook: got no such name, but `doubles`" in capsys.readouterr().out


def test_a_right_part_gets_its_visible_points_and_sees_what_comes_later(
    shell: InteractiveShell, lesson: Lesson, capsys: Any
) -> None:
    run(shell, DOUBLE, 'check("double")')
    told = capsys.readouterr().out
    assert "3 of 6 points so far" in told
    assert "✓ double(x) is twice x" in told
    assert "○ double of a secret" in told
    assert "Advice, costs nothing: Add a docstring." in told


def test_only_the_first_broken_check_is_explained(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, WRONG, 'check("double")')
    told = capsys.readouterr().out
    assert "double(1): got 3; wanted 2.\n     Multiply by two" in told
    assert "✗ double works for floats too" in told
    assert "double(2.5)" not in told


def test_an_exception_shows_the_students_own_line(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, BROKEN, 'check("double")')
    told = capsys.readouterr().out
    assert "Your code raised NameError in the cell of double, line 3." in told
    assert "The line: return x + nothing" in told
    assert "no cell before it defines" in told


def test_a_redefined_part_is_looked_at_anew(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, WRONG, "progress()", DOUBLE, "progress()")
    before, after = capsys.readouterr().out.split("Your progress")[1:]
    assert '✗ double: see check("double")' in before
    assert "✓ double" in after


def test_hints_go_from_a_nudge_to_the_last_step(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, OPEN, 'hint("double")', 'hint("double", 3)', 'hint("double", 9)')
    first, *last = capsys.readouterr().out.split("Hint ")[1:]
    assert "Think of addition." in first
    assert all("return x plus x" in hint for hint in last)


def test_hints_for_a_known_mistake_speak_of_it(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, WRONG, 'hint("double")', 'hint("double", 2)', 'hint("double", 3)')
    first, second, third = capsys.readouterr().out.split("Hint ")[1:]
    assert "Try it with 1." in first
    assert "x + x would do." in second
    assert "return x plus x" in third
    assert "Multiply by two" not in first + second + third  # the card says it


def test_a_right_part_needs_no_hint(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, DOUBLE, 'hint("double")')
    assert "nothing to mend" in capsys.readouterr().out


def test_an_unknown_part_is_answered_with_those_there_are(lesson: Lesson, capsys: Any) -> None:
    lesson.check("dubble")
    assert "There are: double, empty." in capsys.readouterr().out


def test_calling_an_open_part_prints_one_kind_line(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, OPEN, "double(3)")
    told = capsys.readouterr()
    assert told.out + told.err == (
        "– double is still a TODO: write the cell that begins with # YOUR TURN: double, and run it.\n"
    )


def test_other_exceptions_keep_their_traceback(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, "raise NotImplementedError('something else')")
    told = capsys.readouterr()
    assert "something else" in told.out + told.err
    assert "Traceback" in told.out + told.err


def test_missing_data_are_told_in_one_sentence(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    run(shell, "raise RuntimeError('Error downloading train-images-idx3-ubyte.gz')")
    told = capsys.readouterr()
    assert told.out.startswith("The data could not be fetched")
    assert "Traceback" not in told.out + told.err


def test_demo_cells_wait_for_the_parts_they_need(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    demo = "# demo: needs double\nprint('shown', double(2))"
    run(shell, OPEN, demo, DOUBLE, demo)
    assert capsys.readouterr().out == "– Not yet: this cell needs double, which you write above.\nshown 4\n"


def test_where_nbgrader_runs_the_notebook_check_returns_points_and_demos_are_skipped(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    run(shell, DOUBLE, "# demo\nprint('shown')", 'earned = check("double")', 'nothing = check("empty")')
    assert shell.user_ns["earned"] == 3.0
    assert shell.user_ns["nothing"] == 0.0
    assert capsys.readouterr() == ("", "")


def test_where_nbgrader_validates_what_passes_says_nothing_and_what_does_not_its_points(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    run(shell, DOUBLE, 'good = check("double")', 'open = check("empty")', "double = None", 'bad = check("double")')
    assert [shell.user_ns[name] for name in ("good", "open", "bad")] == [None, 0.0, 0.0]


def test_a_second_set_up_replaces_the_first(shell: InteractiveShell, lesson: Lesson, capsys: Any) -> None:
    Lesson(PARTS, GIVEN, LATER, CHECKS, {}, HINTS, shell)
    run(shell, "# demo: needs double\nprint('shown')")
    assert capsys.readouterr().out.count("Not yet") == 1


def test_checks_disturb_neither_random_states_nor_models(shell: InteractiveShell, lesson: Lesson) -> None:
    run(
        shell,
        "import torch, random\nmodel = torch.nn.Linear(2, 2)\nbefore = model.weight.detach().clone()",
        "# YOUR TURN: double\n"
        "def double(x):\n"
        "    model.eval()\n"
        "    model.weight.data.zero_()\n"
        "    print('noise')\n"
        "    return 2 * x",
        "random.seed(5); torch.manual_seed(5)",
        'check("double")',
        "after = random.random(), torch.rand(1).item()",
        "random.seed(5); torch.manual_seed(5); alone = random.random(), torch.rand(1).item()",
    )
    names = shell.user_ns
    assert names["after"] == names["alone"]
    assert torch.equal(names["before"], names["model"].weight)
    assert names["model"].training


def test_ready_to_submit_is_content_with_parts_that_work_afresh(
    shell: InteractiveShell, lesson: Lesson, capsys: Any
) -> None:
    empty = "# YOUR TURN: empty\ndef nothing_at_all():\n    return help_me(1)"
    run(shell, "SCALE = 1", "def help_me(x):\n    return SCALE * x", DOUBLE, empty, "ready_to_submit()")
    told = capsys.readouterr().out
    assert "ready to hand in" in told
    assert "Your parts also use SCALE, help_me from other cells" in told


def test_ready_to_submit_names_what_is_missing_open_or_left_in_memory(
    shell: InteractiveShell, lesson: Lesson, capsys: Any
) -> None:
    shell.user_ns["left_over"] = 2
    run(shell, "# YOUR TURN: double\ndef double(x):\n    return left_over * x", "ready_to_submit()")
    told = capsys.readouterr().out
    assert "not yet" in told
    assert "It works here only because of something left in memory." in told
    assert "left_over is used, but no cell defines it." in told
    assert "empty: its cell has not been run." in told


def test_ready_to_submit_reads_the_live_notebook_in_colab(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_cells = [{"cell_type": "code", "source": [line]} for line in (DOUBLE, OPEN)]
    colab = types.ModuleType("google.colab")
    message = types.SimpleNamespace(blocking_request=lambda *_, **__: {"ipynb": {"cells": live_cells}})
    colab.__dict__["_message"] = message
    for name, module in {"google": types.ModuleType("google"), "google.colab": colab}.items():
        monkeypatch.setitem(sys.modules, name, module)
    run(shell, DOUBLE, "ready_to_submit()")
    told = capsys.readouterr().out
    assert "double: still a TODO" in told
    assert "It stands in 2 cells; the last one counts." in told
    assert "empty: no cell of this notebook answers it." in told


def test_what_only_demo_cells_make_is_named() -> None:
    cells = Cells(("# demo\nloader = 3", "other = 4", "def f():\n    return loader + other + mine"), live=True)
    extra = borrowed([cells.sources[-1]], cells, "", ["mine"])
    assert (extra.from_demo, extra.names, extra.code) == (("loader",), ("other",), "other = 4")


def test_local_names_are_no_needs() -> None:
    source = "def f(loader):\n    total = 0\n    for image in loader:\n        total += g(image)\n    return [total]"
    assert needs(source) == ["g"]


def test_names_of_the_notebook_come_by_value_and_all_else_as_handles() -> None:
    model = nn.Linear(2, 3)
    names = namespace.Names({"weight": model.weight, "model": model, "pair": (1, model), "number": np.float64(2)})
    weight = names.weight
    weight += 1
    assert type(weight) is torch.Tensor
    assert not torch.equal(weight, model.weight)
    assert names.model.__student_type__ == "torch.nn.modules.linear.Linear"
    assert names.model(torch.zeros(1, 2)).requires_grad is False
    assert names.pair[0] == 1
    assert [tuple(weight.shape) for weight in names.model.parameters()] == [(3, 2), (3,)]
    assert type(names.number) is np.float64
    assert not hasattr(names.model, "nothing")
    with pytest.raises(namespace.Missing):
        _ = names.nothing


def test_an_exception_carries_the_last_torch_operation() -> None:
    names = namespace.Names({"model": nn.Linear(2, 3)})
    with pytest.raises(StudentError) as caught:
        names.model(torch.zeros(4, 5))
    call = caught.value.failure.torch_call
    assert call is not None
    assert (call.function, call.inputs) == ("linear", ("float32 (4, 5)", "float32 (3, 2)", "float32 (3,)"))


def test_student_code_cannot_change_what_a_check_passes() -> None:
    def spoil(image: torch.Tensor) -> None:
        image.zero_()

    image = torch.ones(3)
    namespace.Names({"spoil": spoil}).spoil(image)
    assert torch.equal(image, torch.ones(3))


def test_a_card_escapes_what_students_wrote_and_has_no_script() -> None:
    card = Card("<b>", "1", (Line(FAILED, "<script>alert()</script>", "x", ("<img src=x>",)),), ("a & b",))
    page = card._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "a &amp; b" in page


def test_a_card_in_plain_text_keeps_the_indents_of_code() -> None:
    card = Card("t", lines=(Line(PASSED, "x"),), notes=("for a in b:\n    c(a)",))
    assert repr(card).endswith(" for a in b:\n     c(a)")


SLOW = "# YOUR TURN: double\nimport time\ndef double(x):\n    while True:\n        time.sleep(0.01)"


def test_a_check_that_takes_too_long_is_stopped_and_says_where(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = [replace(check, seconds=0.3) for check in lesson._public]
    monkeypatch.setattr(lesson, "_public", tuple(hasty))
    begin = time.monotonic()
    run(shell, SLOW, 'check("double")')
    told = capsys.readouterr().out
    assert "This took more than 0.3 seconds and was stopped; line" in told
    assert time.monotonic() - begin < 5


def test_code_that_hides_every_exception_is_stopped_too() -> None:
    with pytest.raises(StudentError, match=r"more than 0\.2 seconds"), patient(0.2):
        while True:
            with contextlib.suppress(Exception):
                time.sleep(0.01)


def test_who_is_in_time_notices_nothing() -> None:
    with patient(0.2):
        pass
    time.sleep(0.3)


def test_who_stops_a_check_is_asked_once_and_not_for_each_check(
    shell: InteractiveShell, lesson: Lesson, capsys: Any
) -> None:
    run(shell, "# YOUR TURN: double\nCALLS = []\ndef double(x):\n    CALLS.append(x)\n    raise KeyboardInterrupt")
    run(shell, 'check("double")')
    assert capsys.readouterr().out.count("This check was stopped before it was done") == 1
    assert shell.user_ns["CALLS"] == [1]


def test_an_answer_in_words_that_is_still_empty_is_told(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = [{"cell_type": "code", "source": [DOUBLE]}, *written("YOUR ANSWER HERE")]
    colab = types.ModuleType("google.colab")
    colab.__dict__["_message"] = types.SimpleNamespace(blocking_request=lambda *_, **__: {"ipynb": {"cells": book}})
    for name, module in {"google": types.ModuleType("google"), "google.colab": colab}.items():
        monkeypatch.setitem(sys.modules, name, module)
    run(shell, DOUBLE, "ready_to_submit()")
    told = capsys.readouterr().out
    assert "why: your answer in words is still empty" in told
    assert "words to how" not in told


def written(why: str) -> list[dict[str, Any]]:
    """Two text cells that ask for an answer in words."""
    words = [f"### YOUR TURN: why\n\nSay why.\n\n---\n{why}", "### YOUR TURN: how\n\n---\nLike this."]
    return [{"cell_type": "markdown", "source": [text]} for text in words]


@pytest.mark.parametrize("named", ["by Jupyter", "by VS Code", "by nobody"])
def test_an_answer_in_words_is_seen_in_the_saved_file_outside_of_colab(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.ipynb"
    (tmp_path / "other.ipynb").write_text(json.dumps({"cells": written("")}), "utf-8")
    if named == "by Jupyter":
        monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    if named == "by VS Code":
        shell.user_ns["__vsc_ipynb_file__"] = str(file)
    run(shell, DOUBLE)
    for answer, is_empty in {"YOUR ANSWER HERE": True, "Because.": False}.items():
        set_up = {"cell_type": "code", "source": [f'{SET_UP}"…"']}
        file.write_text(json.dumps({"cells": [set_up, *written(answer)]}), "utf-8")
        run(shell, "ready_to_submit()")
        told = capsys.readouterr().out
        assert ("why: your answer in words is still empty" in told) is is_empty
        assert ("save the notebook, and run this" in " ".join(told.split())) is is_empty
        assert "words to how" not in told


def test_where_text_cells_cannot_be_seen_that_is_said(
    shell: InteractiveShell, lesson: Lesson, capsys: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    run(shell, DOUBLE, "ready_to_submit()")
    assert "Answers in words cannot be seen from here" in capsys.readouterr().out


def test_a_package_that_graders_do_not_have_is_named_with_its_cell(
    shell: InteractiveShell, lesson: Lesson, capsys: Any
) -> None:
    run(shell, DOUBLE, "# my tools\nimport tqdm, json\nfrom lightning.pytorch import Trainer", "ready_to_submit()")
    told = " ".join(capsys.readouterr().out.split())
    assert "The package lightning is not there" in told
    assert "begins with `# my tools`" in told
    assert not {"package tqdm", "package json"} & {told[at : at + 12] for at in range(len(told))}
