"""The page of probes tells of those that exist, in their own words, with variants that are there."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Callable
from importlib import import_module

from places import ROOT

from autograder.authoring import audit
from autograder.core.course import Course

ROW = re.compile(
    r"^\| `(?P<probe>[\w.]+)` \| (?P<words>.+) \| (?P<seconds>\d+\.\d\d) \| (?:`(?P<example>.+)`)? \|$", re.M
)
PAGE = (ROOT / "docs" / "probes.md").read_text(encoding="utf-8")
ROWS = list(ROW.finditer(PAGE))
NO_PROBES = {"draw", "pixels_of", "find", "raw_files", "derangement", "numbers"}
"""What the check file takes of torchlab beside probes: pictures, real digits, and plain numbers."""


def words_of(probe: str) -> str:
    """The first paragraph of a probe's docstring."""
    module, *path = probe.split(".")
    found: object = import_module(f"autograder.torchlab.{module}")
    for name in path:
        found = getattr(found, name)
    return (inspect.getdoc(found) or "").split("\n\n")[0].replace("\n", " ")


def test_each_probe_is_told_in_its_own_words() -> None:
    assert [row["words"] for row in ROWS] == [words_of(row["probe"]) for row in ROWS]


def form_of(function: Callable[..., object], own: bool = False) -> str:
    """What a function takes and gives; of a method without `self`, of a class without the None of its `__init__`."""
    signature = inspect.signature(function)
    shown = signature.replace(parameters=[*signature.parameters.values()][own:])
    return str(shown).replace("'", "").removesuffix(" -> None")


def call_of(probe: str) -> str:
    """A probe with its arguments, and those of its class before."""
    module, name, *method = probe.split(".")
    found = getattr(import_module(f"autograder.torchlab.{module}"), name)
    call = f"{module}.{name}{form_of(found)}"
    return call + "".join(f".{one}{form_of(getattr(found, one), own=True)}" for one in method)


def test_the_page_tells_how_each_probe_is_called() -> None:
    told = re.search(r"## How they are called\n\n.+\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)
    assert told
    assert told[1].splitlines() == [call_of(row["probe"]) for row in ROWS]


def test_the_page_counts_the_hints_and_rules_that_can_be_included() -> None:
    offered = tomllib.loads((ROOT / "autograder" / "torchlab" / "hints.toml").read_text("utf-8"))
    assert f"Some {len(offered['hint']) // 10 * 10} mistakes, and {len(offered['rule'])} rules" in PAGE


def test_each_example_is_a_variant_of_the_bank() -> None:
    bank = {one.name for one, right in audit.bank(Course(ROOT).assignment("digits").folder) if not right}
    assert {row["example"] for row in ROWS if row["example"]} <= bank


def test_every_probe_that_the_digits_use_is_told() -> None:
    tree = ast.parse((ROOT / "assignments" / "digits" / "test_digits.py").read_text(encoding="utf-8"))
    taken = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("autograder.torchlab.")
        for alias in node.names
    }
    told = {part for row in ROWS for part in row["probe"].split(".")}
    assert {name for name in taken if name.islower()} - NO_PROBES <= told
