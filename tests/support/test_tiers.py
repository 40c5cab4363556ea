"""The tiers of the tests themselves: nothing slow hides among the fast ones, and no variant is never tried."""

from __future__ import annotations

from collections import Counter

import pytest
import turns
from places import ROOT

pytest_plugins = ["pytester"]

FOUR = """
import subprocess
import pytest

@pytest.fixture(scope="module")
def started():
    return subprocess.run(["true"])

def test_in_a_fixture(started): pass
def test_itself(): subprocess.run(["true"])
def test_quick(): pass
@pytest.mark.sandbox
def test_marked(): subprocess.run(["true"])
"""


@pytest.mark.sandbox
def test_a_fast_test_that_starts_a_process_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n  sandbox: x\n")
    pytester.makepyfile(FOUR)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*A fast test starts no process*", "FAILED *in_a_fixture*", "FAILED *itself*"])


def test_each_variant_has_its_turn_at_one_commit_of_ten_and_a_bank_is_cut_evenly() -> None:
    names = [path.stem for path in (ROOT / "assignments" / "digits").rglob("*.py")]
    commits = [f"{number:08x}" + "9" * 32 for number in range(16, 16 + turns.PARTS)]
    assert {sum(turns.has_turn(name, commit) for commit in commits) for name in names} == {1}
    sizes = Counter(commit for commit in commits for name in names if turns.has_turn(name, commit))
    assert min(sizes.values()) > len(names) / turns.PARTS / 2


def test_an_audit_tries_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(turns.VARIABLE, raising=False)
    assert sum(turns.has_turn(f"variant {number}") for number in range(1000)) < 200
    monkeypatch.setenv(turns.VARIABLE, "whole")
    assert all(turns.has_turn(f"variant {number}") for number in range(1000))
