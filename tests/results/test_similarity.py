"""Copies are found in spite of their disguise; those who worked alone, and what the release hands out, are not."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import html5lib
import pytest
from places import ROOT
from sample_grades import HOSTILE
from typer.testing import CliRunner

from autograder import cli
from autograder.core.course import Course
from autograder.core.model import Cell, Role
from autograder.results import similarity
from autograder.results.similarity import Match, Pair, Work

DIGITS = Course(ROOT).assignment("digits")
BENCH: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "similarity.py"))
NOTHING = Work("", ())
CODE = """
def train(model, loader, epochs):
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for epoch in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            optimiser.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimiser.step()
            total, seen = total + loss.item() * len(labels), seen + len(labels)
        history.append(total / seen)
    return history
"""


def own(student: str, *sources: str) -> Work:
    return similarity.work_of(student, [Cell("cell 1", source, Role.STUB, "train") for source in sources])


@pytest.fixture(scope="module")
def made() -> Any:
    return BENCH["made_class"](DIGITS, True)


@pytest.fixture(scope="module")
def pairs(made: Any) -> list[Pair]:
    found: list[Pair] = BENCH["compare"](DIGITS, made)
    return found


def test_of_twelve_copies_in_five_disguises_at_least_ten_are_found_and_nobody_else(
    made: Any, pairs: list[Pair]
) -> None:
    precision, recall, _ = BENCH["rates"](made, pairs)
    assert len({disguise for _, disguise in made.copied.values()}) == 5
    assert precision == 1.0
    assert recall >= 10 / 12


def test_a_pair_shows_its_passages_side_by_side(pairs: list[Pair]) -> None:
    assert all(pair.matches for pair in pairs)
    assert all(match.left and match.right and match.share >= 0.5 for pair in pairs for match in pair.matches)


def test_comments_hints_names_and_docstrings_leave_no_print() -> None:
    other = (
        CODE.replace("loader, epochs)", "loader: DataLoader, epochs: int) -> list[float]")
        .replace("optimiser", "opt")
        .replace("history", "out")
    )
    other = other.replace("    out = []", '    """Trains."""\n    # now\n    out: list[float] = []')
    assert own("a", CODE).prints == own("b", other).prints


def test_what_the_release_hands_out_makes_nobody_alike() -> None:
    works = [own(name, CODE) for name in ("a", "b")] + [own(str(number), f"x = {number}") for number in range(20)]
    assert [(pair.left, pair.right) for pair in similarity.pairs_of(works, NOTHING)] == [("a", "b")]
    assert similarity.pairs_of(works, similarity.handed_out([CODE])) == []


@pytest.mark.parametrize(
    "source", ["def broken(:", "%matplotlib inline\nx = 1", "x = " + "(" * 5_000, "x = 1\x00", "x" * 300_000, ""]
)
def test_what_is_no_python_is_left_out_and_harms_nothing(source: str) -> None:
    assert own("a", CODE, source).prints >= own("b", CODE).prints


def test_groups_hold_all_whom_pairs_connect() -> None:
    pairs = [Pair(left, right, 0.9) for left, right in (("a", "b"), ("d", "e"), ("c", "b"))]
    assert similarity.clusters_of(pairs) == [("a", "b", "c"), ("d", "e")]


def test_the_page_shows_hostile_code_as_text_and_no_names_where_asked(tmp_path: Path) -> None:
    def shown(words: str, anonymous: bool) -> str:
        pair = Pair(f"ada {words}", f"bela {words}", 0.8, (Match(words, words, 0.9),))
        similarity.write([pair], tmp_path / "page.html", title="Digits", students=2, anonymous=anonymous)
        return (tmp_path / "page.html").read_text()

    def tags(page: str) -> list[str]:
        return [
            each.tag for each in html5lib.parse(page, namespaceHTMLElements=False).iter() if isinstance(each.tag, str)
        ]

    hostile = "\n".join(HOSTILE)
    assert tags(shown(hostile, False)) == tags(shown("harmless", False))
    assert "student 1" in shown("x", True)
    assert "ada" not in shown("x", True)


def test_the_verb_compares_a_folder_of_notebooks(made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    chosen = [name for copy, (original, _) in list(made.copied.items())[:2] for name in (copy, original)]
    for name in chosen:
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(made.books[name])
    (tmp_path / "in" / "zoe.ipynb").write_text("<html>")
    monkeypatch.chdir(ROOT)
    told = CliRunner().invoke(cli.app, ["similarity", "digits", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    assert "among 4 students" in told.output
    assert (tmp_path / "out" / "similarity.html").exists()
