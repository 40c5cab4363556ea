"""The house's layers: imports point downward only, and strangers stay strangers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "autograder"
LAYERS = (
    {"cli", "__main__"},
    {
        "grading", "alike", "handback", "gradescope", "audit", "calibrate", "verify", "demo", "doctor", "timing",
        "regrade", "repository",
    },
    {
        "release", "intake", "checking", "engine", "cluster", "ledger", "state", "progress", "gradebook",
        "feedback", "report", "export",
        "similarity", "data", "blueprint", "roster", "lms", "handins",
    },
    {"course"},
    {"sandbox"},
    {
        "notebook", "drawing", "expect", "hints", "points", "scoring", "items", "late", "naming", "plain",
        "variant", "embed",
        "lesson", "card", "live", "rerun",
    },
    {"model", "errors"},
)  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" and "templates" not in path.parts)
STRANGERS = LAYERS[2]


def layer_of(module: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if module in layer)


def part_of(path: Path) -> str:
    """The part of the house that a file belongs to: its own name, or its package's."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "autograder":
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("autograder."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    upward = [name for name in imported(path) if layer_of(name) < layer_of(part_of(path))]
    assert not upward, f"{path.name} imports {upward} from a layer above it"


@pytest.mark.parametrize("name", sorted(STRANGERS))
def test_modules_that_own_an_outside_thing_do_not_know_each_other(name: str) -> None:
    path = PACKAGE / f"{name}.py"
    known = [other for other in (imported(path) if path.exists() else ()) if other in STRANGERS - {name}]
    assert not known, f"{name} imports {known}"


def test_every_module_has_a_layer() -> None:
    homeless = {part_of(path) for path in MODULES} - set().union(*LAYERS)
    assert not homeless
