"""No probe is decoration: where one is taken out of the digits checks, a wrong variant slips through or is misnamed.

A probe is every function of the check file that can fail a student. Taken out, it keeps its name and says nothing any
more. Of most, `witnesses.toml` names a variant that no other probe catches; of the rest, which look at types and shapes
before others stumble over them, a variant whose mistake no other probe can name.
"""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

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

DIGITS = Course(ROOT).assignment("digits")
RELEASE = json.loads(DIGITS.release.read_text(encoding="utf-8"))
BANK = {one.name: one for one, right in audit.bank(DIGITS.folder) if not right}
WITNESSES = tomllib.loads((ROOT / "tests" / "assignments" / "witnesses.toml").read_text(encoding="utf-8"))
CATCHES, NAMES = WITNESSES["catches"], WITNESSES["names"]
CHOSEN = {probe: witness for probe, witness in (CATCHES | NAMES).items() if turns.has_turn(probe)}
"""The probes whose turn it is, with their witnesses; `make audit` takes out every one."""
EXPECTATIONS = {"that", "shape", "finite", "close", "decreases", "accuracy"}
SEED = 11


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    with Template.start(Limits(**DIGITS.settings.limits.model_dump())) as template:
        yield template


def weakened(probe: str | None, folder: Path) -> CheckRunner:
    """The checks without what `probe` does."""
    tree = ast.parse(DIGITS.checks.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == probe:
            node.body = [statement for statement in node.body[:1] if ast.get_docstring(node)] + [ast.Pass()]
    path = folder / "test_digits.py"
    path.write_text(ast.unparse(tree), encoding="utf-8")
    return CheckRunner(path, Catalogue.parse(DIGITS.hints))


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
    """The functions that raise a mismatch, or expect something, themselves."""
    tree = ast.parse(DIGITS.checks.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and any(map(_fails, ast.walk(node)))}


def _fails(node: ast.AST) -> bool:
    call = node.exc if isinstance(node, ast.Raise) else node
    expects = isinstance(call, ast.Call) and ast.unparse(call.func).removeprefix("expect.") in EXPECTATIONS
    return expects or (isinstance(node, ast.Raise) and "Mismatch" in ast.unparse(node))


def test_every_probe_has_a_witness() -> None:
    assert {*CATCHES, *NAMES} == probes()


@pytest.mark.parametrize("name", sorted({*CHOSEN.values()}))
def test_the_whole_of_the_checks_catches_each_witness(template: Template, tmp_path: Path, name: str) -> None:
    assert failed(judged(weakened(None, tmp_path), template, name)) != []


@pytest.mark.parametrize("probe", sorted(CATCHES.keys() & CHOSEN))
def test_without_the_probe_its_witness_slips_through(template: Template, tmp_path: Path, probe: str) -> None:
    assert failed(judged(weakened(probe, tmp_path), template, CATCHES[probe])) == []


@pytest.mark.parametrize("probe", sorted(NAMES.keys() & CHOSEN))
def test_without_the_probe_its_witness_is_misnamed(template: Template, tmp_path: Path, probe: str) -> None:
    results = failed(judged(weakened(probe, tmp_path), template, NAMES[probe]))
    assert {result.hint for result in results[:1]}.isdisjoint(BANK[NAMES[probe]].hints)
