"""What the guides tell people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from autograder import cli

DOCS = Path(__file__).parent.parent / "docs"
GUIDES = sorted(path.name for path in DOCS.glob("*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\.venv/bin/)?autograder (.+?)(?:\s+#.*)?$", re.MULTILINE)


def commands(guide: str) -> list[str]:
    text = (DOCS / guide).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in COMMAND.findall(block.replace("\\\n", " "))]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_a_guide_names_a_verb_and_options_that_exist(guide: str) -> None:
    for line in commands(guide):
        verb, *words = shlex.split(line)
        command = typer.main.get_group(cli.app).commands[verb]
        assert command.make_context(verb, words).params, line


@pytest.mark.parametrize("guide", GUIDES)
def test_links_between_guides_lead_somewhere(guide: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (DOCS / guide).read_text("utf-8"))
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_the_instructors_guide_goes_from_installing_to_the_lms() -> None:
    verbs = [line.split()[0] for line in commands("instructor.md")]
    assert verbs == ["doctor", "verify", "grade", "report", "similarity", "feedback", "export"]
