"""`autograder audit`: is the judge right?"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.commands.console import out, tick
from autograder.commands.engine import engine_for, use_data
from autograder.commands.options import Machine, MarkdownPage
from autograder.commands.progress import Progress
from autograder.core import untrusted
from autograder.core.course import Course

if TYPE_CHECKING:
    from autograder.authoring.audit import Trial


def audit(
    name: str,
    machine: Machine,
    bank: Annotated[Path | None, typer.Option(help="A folder holding right/ and wrong/.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Seeds for each right variant.")] = 1,
    wrong_seeds: Annotated[int, typer.Option(min=1, help="Seeds for each wrong variant.")] = 1,
    only: Annotated[str, typer.Option(help="Only variants whose name holds this.")] = "",
    report: Annotated[Path, typer.Option("--json", help="Where the result goes.")] = Path("audit.json"),
    page: MarkdownPage = None,
    ledger: Annotated[Path | None, typer.Option(help="Keeps trials, so that a stopped audit goes on.")] = None,
) -> None:
    """Judge the judge: grade right and wrong variants and count its mistakes; exit 1 on any.

    Also warns of checks that break where a function of the task returns None, text or an empty list.
    """
    from autograder.authoring import audit, odd_returns
    from autograder.grading.ledger import Ledger

    assignment = Course.at(Path.cwd()).assignment(name)
    use_data(machine, assignment)
    variants = [pair for pair in audit.bank(bank or assignment.folder) if only in pair[0].name]
    odd = [] if bank or only else odd_returns.variants(assignment)
    total = sum(seeds if right else wrong_seeds for _, right in variants) + len(odd)

    def heard(trial: Trial) -> None:
        progress()
        if trial.verdict not in audit.GOOD:
            text = f"{trial.variant}, seed {trial.seed}: {trial.verdict}. {untrusted.visible(trial.detail)}"
            out.print(text, markup=False)

    book = Ledger.open(ledger) if ledger else nullcontext()
    with book as kept, engine_for(machine) as engine, Progress("Auditing", total, out) as progress:
        trials = audit.audit(
            assignment, variants, engine, seeds=seeds, wrong_seeds=wrong_seeds, mode=machine.mode, ledger=kept,
            done=heard,
        )  # fmt: skip
        warnings = odd_returns.tried(assignment, odd, engine, machine.mode, progress)
    audit.write(trials, report)
    if page is not None:
        page.write_text(audit.page(trials, name), encoding="utf-8")
    out.print(audit.overview(trials))
    for title, rate in audit.rates(trials).items():
        out.print(f"{title}: {rate}")
    for sentence in warnings:
        tick(False, "odd answers", sentence)
    if any(trial.verdict not in audit.GOOD for trial in trials):
        raise typer.Exit(1)
