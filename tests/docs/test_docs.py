"""What the guides tell people to type exists."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from places import ROOT

from autograder import cli

DOCS = ROOT / "docs"
GUIDES = ["../README.md", *sorted(path.name for path in DOCS.glob("*.md"))]
VERBS: Any = typer.main.get_group(cli.app)
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\.venv/bin/)?autograder (.+?)(?:\s+#.*)?$", re.MULTILINE)


def commands(guide: str) -> list[str]:
    text = (DOCS / guide).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in COMMAND.findall(block.replace("\\\n", " "))]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_a_guide_names_a_verb_and_options_that_exist(guide: str) -> None:
    for line in commands(guide):
        verb, command, words = VERBS.resolve_command(VERBS.make_context("autograder", ["doctor"]), shlex.split(line))
        assert command.make_context(verb, words).params, line


def sentences() -> Iterator[str]:
    """Every text in the package's sources; what is filled in is left out."""
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "…".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_the_sentences_that_troubleshooting_explains_are_those_that_are_said() -> None:
    ours = (DOCS / "troubleshooting.md").read_text("utf-8").partition("## Said by other programs")[0]
    quoted = [
        words for row in re.findall(r"^\| (`.*?) \|", ours, re.MULTILINE) for words in re.findall(r"`(.+?)`", row)
    ]
    said = list(sentences())
    assert len(quoted) > 40
    assert [words for words in quoted if not any(all(part in one for part in words.split("…")) for one in said)] == []


def test_the_readme_leads_to_every_guide() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    guides = {*GUIDES[1:]} - {"audit.md"}  # a result of `make audit`, no guide
    assert [guide for guide in guides if f"(docs/{guide})" not in readme] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_links_between_guides_lead_somewhere(guide: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (DOCS / guide).read_text("utf-8"))
    assert [link for link in links if not ((DOCS / guide).parent / link).exists()] == []


def test_the_instructors_guide_goes_from_installing_to_the_lms() -> None:
    verbs = [line.split()[0] for line in commands("instructor.md")]
    assert verbs == ["doctor", "verify", "grade", "report", "similarity", "feedback", "export"]
