"""No probe is decoration: where one is taken out of the digits checks, a wrong variant slips through or is misnamed.

A probe is every function of the check file, or of torchlab, that can fail a student. Taken out, it keeps its name and
says nothing any more. Of most, `witnesses.toml` names a variant that no other probe catches; of the rest, which look at
types and shapes before others stumble over them, a variant whose mistake no other probe can name. Rows of a table of
mistakes only name: taken out, their witness gets another name or none.
"""

from __future__ import annotations

import ast
import importlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import turns
from places import ROOT

from autograder import notebook
from autograder.authoring import audit
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.course import Course
from autograder.core.model import CheckResult, Outcome, Script
from autograder.in_notebook import lesson
from autograder.sandbox import Limits, Room, Template
from autograder.torchlab.evidence import Sign

DIGITS = Course(ROOT).assignment("digits")
RELEASE = json.loads(DIGITS.release.read_text(encoding="utf-8"))
BANK = {one.name: one for one, right in audit.bank(DIGITS.folder) if not right}
WITNESSES = tomllib.loads((ROOT / "tests" / "assignments" / "witnesses.toml").read_text(encoding="utf-8"))
CATCHES, NAMES, OPEN = (WITNESSES[name] for name in ("catches", "names", "open"))
CHOSEN = {probe: witness for probe, witness in (CATCHES | NAMES).items() if turns.has_turn(probe)}
"""The probes whose turn it is, with their witnesses; `make audit` takes out every one."""
LAB_FILES = [path for path in sorted((ROOT / "autograder" / "torchlab").glob("*.py")) if path.stem != "__init__"]
EXPECTATIONS = {"that", "shape", "finite", "close", "decreases", "accuracy"}
SEED = 11


LAB = {path.stem: importlib.import_module(f"autograder.torchlab.{path.stem}") for path in LAB_FILES}


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    with Template.start(Limits(**DIGITS.settings.limits.model_dump())) as template:
        yield template


def weakened(probe: str | None, folder: Path, patch: pytest.MonkeyPatch) -> CheckRunner:
    """The checks without what `probe` does."""
    if probe and "." in probe:
        take_out(probe, patch)
    tree = ast.parse(DIGITS.checks.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == probe:
            node.body = [statement for statement in node.body[:1] if ast.get_docstring(node)] + [ast.Pass()]
    path = folder / "test_digits.py"
    path.write_text(ast.unparse(tree), encoding="utf-8")
    return CheckRunner(path, Catalogue.parse(DIGITS.hints))


def take_out(probe: str, patch: pytest.MonkeyPatch) -> None:
    """Makes a function or method of torchlab say nothing, or takes a row out of a table there."""
    module, _, place = probe.partition(".")
    owner, _, name = place.rpartition(".")
    holder = getattr(LAB[module], owner) if owner and ":" not in place else LAB[module]
    if ":" not in place:
        known = vars(holder)[name]
        for one in [holder, *LAB.values()]:
            if vars(one).get(name) is known:
                patch.setattr(one, name, lambda *arguments, **named: None)
        return
    table = place.partition(":")[0]
    kept = tuple(sign for row, sign in rows(module, table) if row != probe)
    patch.setattr(holder, table, kept)


def rows(module: str, table: str) -> Iterator[tuple[str, Sign[Any]]]:
    """The rows of a table by hint, later ones of the same hint numbered."""
    hints: Counter[str] = Counter()
    for sign in getattr(LAB[module], table):
        hints[sign.hint] += 1
        number = f" {hints[sign.hint]}" if hints[sign.hint] > 1 else ""
        yield f"{module}.{table}:{sign.hint}{number}", sign


def judged(runner: CheckRunner, template: Template, name: str) -> list[CheckResult]:
    """What the checks of the variant's own stub say; those of other stubs are left out."""
    one = BANK[name]
    script = notebook.restore(notebook.parse(audit.Notebooks(DIGITS).of(one)), RELEASE)
    others = frozenset(check.stub for check in runner.checks) - {one.fails}
    limits = Limits(**DIGITS.settings.limits.model_dump())
    with closing(Room(template, script.cells, DIGITS.stand_ins, limits, lesson.NAMES)) as room:
        only = Script(script.cells, script.repairs, others)
        return [result for result in runner.run(room, SEED, only) if result.check.stub == one.fails]


def failed(results: list[CheckResult]) -> list[CheckResult]:
    """The checks that caught something; one that breaks for want of a probe catches nothing."""
    return [result for result in results if result.outcome is Outcome.FAILED]


def probes() -> set[str]:
    """The functions that raise a mismatch, or expect something, themselves, and the rows of tables."""
    found = set(_failing(ast.parse(DIGITS.checks.read_text(encoding="utf-8")).body, ""))
    for path in LAB_FILES:
        found |= set(_failing(ast.parse(path.read_text(encoding="utf-8")).body, f"{path.stem}."))
        for name, value in vars(LAB[path.stem]).items():
            if isinstance(value, tuple) and value and all(isinstance(one, Sign) for one in value):
                found |= {row for row, _ in rows(path.stem, name)}
    return found


def _failing(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _failing(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and any(map(_fails, ast.walk(node))):
            yield prefix + node.name


def _fails(node: ast.AST) -> bool:
    call = node.exc if isinstance(node, ast.Raise) else node
    expects = isinstance(call, ast.Call) and ast.unparse(call.func).removeprefix("expect.") in EXPECTATIONS
    return expects or (isinstance(node, ast.Raise) and "Mismatch" in ast.unparse(node))


def test_every_probe_has_a_witness() -> None:
    assert {*CATCHES, *NAMES, *OPEN} == probes()
    assert {*OPEN.values()} <= BANK.keys()


@pytest.mark.parametrize("name", sorted({*CHOSEN.values()}))
def test_the_whole_of_the_checks_catches_each_witness(
    template: Template, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failed(judged(weakened(None, tmp_path, monkeypatch), template, name)) != []


@pytest.mark.parametrize("probe", sorted(CATCHES.keys() & CHOSEN))
def test_without_the_probe_its_witness_slips_through(
    template: Template, tmp_path: Path, probe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failed(judged(weakened(probe, tmp_path, monkeypatch), template, CATCHES[probe])) == []


@pytest.mark.parametrize("probe", sorted(NAMES.keys() & CHOSEN))
def test_without_the_probe_its_witness_is_misnamed(
    template: Template, tmp_path: Path, probe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = failed(judged(weakened(probe, tmp_path, monkeypatch), template, NAMES[probe]))
    assert {result.hint for result in results[:1]}.isdisjoint(BANK[NAMES[probe]].hints)
