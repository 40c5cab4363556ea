"""`autograder doctor`: what this machine can do."""

from __future__ import annotations

from pathlib import Path

import typer

from autograder.commands.console import tick
from autograder.commands.options import SandboxMode


def doctor(mode: SandboxMode = None) -> None:
    """Say what this machine can do, each wall of the sandbox tried for real; exit 1 if grading would be refused."""
    from autograder.authoring import machine

    findings = machine.examine(Path.cwd(), mode)
    for finding in findings:
        tick(finding.ok, finding.name, finding.sentence)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
