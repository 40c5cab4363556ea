"""Prices of checks, and experiments that run once."""

from __future__ import annotations

import pytest

from autograder.checks.points import Experiments, checks_of, is_probe, points, probe, probes_of


@points(2, stub="model", hidden=True, seconds=5.0, fresh=True)
def priced() -> None:
    """What students read

    and what they do not.
    """


@points(0.5, stub="train")
def cheap(double: int) -> int:
    return double


def sample(calls: list[str]) -> dict[str, object]:
    """A module's namespace: two checks, a probe that counts its calls, one that builds on it, one that fails."""

    @probe
    def once(base: int) -> int:
        calls.append("once")
        return base + 1

    @probe
    def double(once: int) -> int:
        return 2 * once

    @probe
    def broken() -> int:
        calls.append("broken")
        raise ValueError("no")

    return {"priced": priced, "cheap": cheap, "once": once, "double": double, "broken": broken, "other": len}


def test_a_price_tells_all_that_the_author_wrote() -> None:
    (check, other) = checks_of(sample([]))
    assert (check.name, check.stub, check.points, check.title) == ("priced", "model", 2, "What students read")
    assert (check.hidden, check.seconds, check.fresh) == (True, 5.0, True)
    assert (other.title, other.hidden, other.fresh) == ("cheap", False, False)


def test_checks_come_in_file_order() -> None:
    assert [check.name for check in checks_of(sample([]))] == ["priced", "cheap"]


def test_only_marked_functions_are_probes() -> None:
    namespace = sample([])
    assert list(probes_of(namespace)) == ["once", "double", "broken"]
    assert not is_probe(priced) and not is_probe(len) and not is_probe(3)


def test_a_probe_runs_once_for_all_that_name_it() -> None:
    calls: list[str] = []
    experiments = Experiments(sample(calls), base=20)
    assert [experiments.run(cheap), experiments.run(cheap), experiments.run(lambda once: once)] == [42, 42, 21]
    assert calls == ["once"]


def test_a_failure_of_a_probe_is_shared_too() -> None:
    calls: list[str] = []
    experiments = Experiments(sample(calls))
    with pytest.raises(ValueError, match="no") as first:
        experiments.run(lambda broken: broken)
    with pytest.raises(ValueError, match="no") as second:
        experiments.run(lambda broken: broken)
    assert first.value is second.value and calls == ["broken"]


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(TypeError, match="names 'studnet', which is neither given nor a probe"):
        Experiments({}, student=1).run(lambda studnet: studnet)
