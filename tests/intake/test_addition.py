"""A later run adds to a class: nobody is lost or stands there twice; who goes or is called otherwise is named."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import record
from autograder.intake.addition import added, lost
from autograder.intake.record import HandIns
from autograder.intake.remarks import of_addition
from autograder.intake.roster import Person, Roster


def handed_in(*files: tuple[str, str, str], unresolved: tuple[str, ...] = (), **rest: object) -> HandIns:
    """Hand-ins from (student, path, content)."""
    strays = tuple((Submission(path, path, "9" * 64), "whose?") for path in unresolved)
    return HandIns("digits", "f" * 64, tuple(Submission(*one) for one in files), strays, **rest)  # type: ignore[arg-type]


FIRST = handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A"), ("ben", "a.zip!/ben_3_4_d.ipynb", "B"), lms="canvas")


@pytest.mark.parametrize(
    ("now", "exactly", "class_after", "new", "renamed", "gone"),
    [
        pytest.param(
            handed_in(("cleo", "late.zip!/cleo_5_6_d.ipynb", "C")),
            False, {"ada": ["A"], "ben": ["B"], "cleo": ["C"]}, ("cleo",), {}, (), id="one late",
        ),
        pytest.param(
            handed_in(("ada", "b.zip!/ada_1_2_d.ipynb", "A"), ("ada", "b.zip!/ada_1_9_d.ipynb", "A2")),
            False, {"ada": ["A", "A2"], "ben": ["B"]}, (), {}, (), id="the LMS's zip once more, with a second hand-in",
        ),
        pytest.param(
            handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A'")),
            False, {"ada": ["A'"], "ben": ["B"]}, (), {}, (), id="another file in its place",
        ),
        pytest.param(
            handed_in(("s1", "a.zip!/ada_1_2_d.ipynb", "A"), ("s2", "a.zip!/ben_3_4_d.ipynb", "B")),
            False, {"s1": ["A"], "s2": ["B"]}, (), {"ada": "s1", "ben": "s2"}, (), id="a roster for the same zip",
        ),
        pytest.param(
            handed_in(("s1", "a (1).zip!/ada_1_2_d.ipynb", "A"), ("cleo", "a (1).zip!/c_5_6_d.ipynb", "C")),
            False, {"ben": ["B"], "cleo": ["C"], "s1": ["A"]}, ("cleo",), {"ada": "s1"}, (), id="and for a newer zip",
        ),
        pytest.param(
            handed_in(("cleo", "c/ben_3_4_d.ipynb", "B")),
            False, {"ada": ["A"], "ben": ["B"], "cleo": ["B"]}, ("cleo",), {}, (), id="a copy is no new name",
        ),
        pytest.param(
            handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A"), ("cleo", "a.zip!/c_5_6_d.ipynb", "C")),
            True, {"ada": ["A"], "cleo": ["C"]}, ("cleo",), {}, ("ben",), id="exactly these",
        ),
        pytest.param(
            handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A"), unresolved=("a.zip!/ben_3_4_d.ipynb",)),
            False, {"ada": ["A"]}, (), {}, ("ben",), id="nobody's any more",
        ),
    ],
)  # fmt: skip
def test_the_class_after_a_run(
    now: HandIns, exactly: bool, class_after: dict[str, list[str]], new: object, renamed: object, gone: object
) -> None:
    after = added(FIRST, now, exactly=exactly)
    theirs: dict[str, list[str]] = {}
    for one in after.given.submissions:
        theirs.setdefault(one.student, []).append(one.sha256)
    assert theirs == class_after
    assert (after.new, after.renamed, after.gone) == (new, renamed, gone)
    assert after.given.lms == "canvas"


def test_a_file_that_was_nobodys_gives_its_name_up_to_its_student() -> None:
    before = handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A"), unresolved=("a.zip!/b_3_4_d.ipynb", "a.zip!/x.ipynb"))
    after = added(before, handed_in(("ben", "a.zip!/b_3_4_d.ipynb", "9" * 64)))
    assert (after.new, after.renamed, after.gone) == ((), {"a.zip!/b_3_4_d.ipynb": "ben"}, ())
    alone = added(before, handed_in(("ada", "a.zip!/ada_1_2_d.ipynb", "A")), exactly=True)
    assert alone.gone == ("a.zip!/b_3_4_d.ipynb", "a.zip!/x.ipynb")


def test_files_that_change_hands_between_students_who_stay_are_told() -> None:
    swapped = handed_in(("ben", "a.zip!/ada_1_2_d.ipynb", "A"), ("ada", "a.zip!/ben_3_4_d.ipynb", "B"))
    after = added(FIRST, swapped)
    assert (after.renamed, after.gone, after.given_away) == ({}, (), {"ada": "ben", "ben": "ada"})
    told = [sentence for _, title, sentence in of_addition(after, FIRST, Roster()) if title == "ada:"]
    assert told == ["a file of theirs is ben's now. What a person gave stays with ada: look at both."]
    assert added(FIRST, FIRST).given_away == {}


def test_a_hand_in_keeps_its_place_among_the_runs() -> None:
    later = added(FIRST, handed_in(("ada", "new/ada.ipynb", "A2"))).given
    again = added(later, FIRST).given
    assert {one.sha256: one.added for one in again.submissions} == {"A": 0, "B": 0, "A2": 1}


def test_strays_and_what_is_left_out_stay_until_they_are_somebodys() -> None:
    before = handed_in(unresolved=("x.ipynb", "y.ipynb"), left_out=(("data.csv", "no notebook"), ("z.ipynb", "a copy")))
    after = added(before, handed_in(("ada", "x.ipynb", "X"), ("zoe", "z.ipynb", "Z"))).given
    assert [one.path for one, _ in after.unresolved] == ["y.ipynb"]
    assert after.left_out == (("data.csv", "no notebook"),)


def test_the_record_keeps_all_of_it_and_belongs_to_one_assignment(tmp_path: Path) -> None:
    given = added(FIRST, handed_in(("ada", "b/ada.ipynb", "A2"), left_out=(("b/notes.txt", "no notebook"),))).given
    record.write(given, tmp_path)
    assert record.read(tmp_path, "digits") == given
    with pytest.raises(CourseError, match=r"holds the class of the assignment digits, not of loops\. A folder belongs"):
        record.read(tmp_path, "loops")


def test_files_that_moved_away_or_changed_are_lost(tmp_path: Path) -> None:
    def submission(path: Path | str, data: bytes) -> Submission:
        return Submission("ada", str(path), hashlib.sha256(data).hexdigest())

    files = {name: tmp_path / f"{name}.ipynb" for name in ("same", "changed", "moved")}
    for path in files.values():
        path.write_bytes(b"{}")
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("ada.ipynb", b"[]")
    those = [submission(path, b"{}") for path in files.values()]
    those += [submission(f"{archive}!/ada.ipynb", b"[]"), submission(f"{archive}!/ben.ipynb", b"[]")]
    files["changed"].write_bytes(b"{ }")
    files["moved"].unlink()
    assert [Path(one.path).name for one in lost(those)] == ["changed.ipynb", "moved.ipynb", "ben.ipynb"]
    archive.write_bytes(b"no zip")
    assert len(list(lost(those))) == 4


def test_what_changed_is_told_in_a_sentence_each() -> None:
    roster = Roster((Person("s1"), Person("cleo"), Person("dan")))
    now = handed_in(("s1", "a.zip!/ada_1_2_d.ipynb", "A"), ("cleo", "a.zip!/c_5_6_d.ipynb", "C"))
    told = list(of_addition(added(FIRST, now, exactly=True), FIRST, roster))
    assert [(good, f"{title} {sentence}".partition(".")[0]) for good, title, sentence in told] == [
        (True, "Added to the class: 1 student (cleo); 2 students in all"),
        (False, "No longer in the class: 1 student (ben)"),
        (False, "ada: is called s1 now"),
        (False, "Handed in nothing: 1 of 3 students: dan"),
    ]
