"""What the guides tell people to type exists."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from places import ROOT

from autograder import cli
from autograder.checks import expect

DOCS = ROOT / "docs"
BESIDE = ["../README.md", "../CONTRIBUTING.md", "../SECURITY.md", "../CHANGELOG.md"]
GUIDES = [*BESIDE, *sorted(path.name for path in DOCS.glob("*.md"))]
TYPING = [guide for guide in GUIDES if guide != "student.md"]  # students type Python only
VERBS: Any = typer.main.get_group(cli.app)
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\.venv/bin/)?autograder (.+?)(?:\s+#.*)?$", re.MULTILINE)
MENTION = re.compile(r"`(?:\.venv/bin/)?autograder (\w[^`]*)`")


def text_of(guide: str) -> str:
    return (DOCS / guide).read_text("utf-8")


def commands(guide: str) -> list[str]:
    """The lines of a guide's blocks that call the kit, to be typed as they are."""
    return [line for block in BLOCK.findall(text_of(guide)) for line in COMMAND.findall(block.replace("\\\n", " "))]


def resolved(line: str) -> tuple[str, Any, list[str]]:
    verb, command, words = VERBS.resolve_command(VERBS.make_context("autograder", ["doctor"]), shlex.split(line))
    return verb, command, words


@pytest.mark.parametrize("guide", [guide for guide in TYPING if commands(guide)])
def test_every_command_of_a_guide_can_be_typed(guide: str) -> None:
    for line in commands(guide):
        verb, command, words = resolved(line)
        assert command.make_context(verb, words).params, line


@pytest.mark.parametrize("guide", TYPING)
def test_every_command_that_a_guide_mentions_names_a_verb_and_options_that_exist(guide: str) -> None:
    mentions = MENTION.findall(BLOCK.sub("", text_of(guide))) + commands(guide)
    assert mentions
    for line in mentions:
        _, command, words = resolved(line)
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options, line


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


def test_the_guide_tells_how_each_expectation_is_called() -> None:
    calls = re.findall(r"^(expect\.(\w+)\(.*?\))(?: {2,}|$)", text_of("assignment.md"), re.MULTILINE)
    told = {name: call for call, name in calls}
    tools = {
        "described",
        "type_name",
        "failure_of",
        "collecting",
        "showing",
        "weighing",
        "is_tensor",
    }  # what the kit itself uses
    public = {name: one for name, one in vars(expect).items() if inspect.isfunction(one) and not name.startswith("_")}
    offered = {name: one for name, one in public.items() if one.__module__ == expect.__name__ and name not in tools}
    assert told == {name: f"expect.{name}{_without_types(one)}" for name, one in offered.items()}


def _without_types(function: Callable[..., object]) -> str:
    signature = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def test_the_readme_leads_to_every_guide() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    guides = {*GUIDES[1:]} - {"audit.md"}  # a result of `make audit`, no guide
    places = {guide: guide.removeprefix("../") if guide in BESIDE else f"docs/{guide}" for guide in guides}
    assert [guide for guide, place in places.items() if f"({place})" not in readme] == []


def test_links_between_guides_lead_somewhere() -> None:
    links = [(guide, link) for guide in GUIDES for link in re.findall(r"\]\((?!https?:)([^)#]+)", text_of(guide))]
    assert {guide for guide, _ in links} >= {*BESIDE[:3], "instructor.md", "developer.md"}
    assert [(guide, link) for guide, link in links if not ((DOCS / guide).parent / link).exists()] == []


def test_the_instructors_guide_goes_from_installing_to_the_lms() -> None:
    verbs = [line.split()[0] for line in commands("instructor.md")]
    grading, exchange = ["doctor", "verify", *["grade"] * 3, "report", "similarity"], ["grade"]
    back, asked = ["feedback", "export"], ["show", "mark"]
    assert verbs == [*grading, *exchange, *back, *asked, *asked[::-1]]
