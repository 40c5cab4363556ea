"""Zips of many systems: each student's work is found once, with its time, or is listed; none is lost without a word."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.core.errors import CourseError
from autograder.intake import hand_ins
from autograder.intake.addition import added
from autograder.intake.hand_ins import Collected
from autograder.intake.record import HandIns
from autograder.intake.remarks import of_addition, remarks
from autograder.intake.roster import Person, Roster

BERLIN = ZoneInfo("Europe/Berlin")


def notebook(text: str) -> bytes:
    return b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [], "x": "%s"}' % text.encode()


def zipped(path: Path, files: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data if isinstance(data, bytes) else notebook(data))
    return path


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@dataclass(frozen=True)
class Class:
    """A zip of a system: `files` (a text stands for a notebook that holds it), and per student what must come of it.

    `wanted` are (student, what the notebook holds, time). `listed` are parts of paths that wait for a person, `left`
    of those that are left out with a reason.
    """

    files: Mapping[str, bytes | str]
    wanted: tuple[tuple[str, str, datetime | None], ...]
    zip_name: str = "download.zip"
    listed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    system: str = field(default="")


CLASSES = {
    "Canvas": Class(
        {
            "lovelaceada_1042_55001_digits.ipynb": "ada",
            "lovelaceada_1042_55002_my_notes.ipynb": "notes",
            "hoppergrace_LATE_1043_55003_digits-2.ipynb": "grace",
            "李小龍_1044_55004_digits.ipynb": "lee",
            "doejane_1045_55005_work.zip": b"",
            "turingalan_1046_text.html": b"<p>no file</p>",
            "stray.ipynb": "stray",
        },
        (
            ("1042", "ada", None),
            ("1043", "grace", None),
            ("1044", "lee", None),
            ("1045", "jane", None),
            ("1046", "", None),
        ),
        listed=("stray.ipynb",),
        left=("my_notes",),
        system="canvas",
    ),
    "Moodle": Class(
        {
            "Ada Lovelace_2101_assignsubmission_file_/digits.ipynb": "ada",
            "Ada Lovelace_2101_assignsubmission_file_/digits_backup.ipynb": "backup",
            "Group A-Grace Hopper_2102_assignsubmission_file_/src/digits.ipynb": "grace",
            "Νίκος Σωκράτης_2103_assignsubmission_onlinetext_/onlinetext.html": b"<p>text</p>",
            "Jane Doe_2104_assignsubmission_file_/my work.zip": b"",
        },
        (("2101", "ada", None), ("2102", "grace", None), ("2103", "", None), ("2104", "jane", None)),
        left=("digits_backup",),
        system="moodle",
    ),
    "Blackboard": Class(
        {
            "Digit recognition_ada_attempt_2026-10-25-01-30-00_digits.ipynb": "ada early",
            "Digit recognition_ada_attempt_2026-10-25-03-30-00_digits.ipynb": "ada",
            "Digit recognition_ada_attempt_2026-10-25-03-30-00.txt": b"Name: Ada Lovelace (ada)",
            "Digit recognition_grace.h_attempt_2026-12-01-23-59-59_my_attempt_at_it.ipynb": "grace",
            "Digit recognition_zoë_attempt_2026-12-02-08-00-00.txt": b"Name: Zoe (zoe)",
        },
        (
            ("ada", "ada early", berlin("2026-10-25 01:30")),
            ("ada", "ada", berlin("2026-10-25 03:30")),
            ("grace.h", "grace", berlin("2026-12-01 23:59:59")),
            ("zoë", "", berlin("2026-12-02 08:00")),
        ),
        zip_name="gradebook_2026_Digit recognition_2026-12-03-09-00-00.zip",
        left=("03-30-00.txt",),
        system="Blackboard",
    ),
    "Brightspace": Class(
        {
            "7001-900 - Ada Lovelace - Oct 5, 2026 1122 PM/digits.ipynb": "ada",
            "7002-900 - Jürgen Müller-Lüdenscheidt - Oct 6, 2026 122 AM/digits.ipynb": "jürgen",
            "7002-900 - Jürgen Müller-Lüdenscheidt - Oct 6, 2026 122 AM/digits_old.ipynb": "old",
            "7002-900 - Jürgen Müller-Lüdenscheidt - Oct 7, 2026 900 AM/own/digits.ipynb": "jürgen again",
            "7003-900 - Doe - Smith - Dezembro 7, 2026 1005 AM/digits.ipynb": "doe",
            "index.html": b"<html>",
        },
        (
            ("Ada Lovelace", "ada", berlin("2026-10-05 23:22")),
            ("Doe - Smith", "doe", berlin("2026-12-07 10:05")),
            ("Jürgen Müller-Lüdenscheidt", "jürgen", berlin("2026-10-06 01:22")),
            ("Jürgen Müller-Lüdenscheidt", "jürgen again", berlin("2026-10-07 09:00")),
        ),
        left=("digits_old", "index.html"),
        system="Brightspace",
    ),
    "Brightspace, two of one name": Class(
        {
            "7001-900 - Jane Doe - Oct 5, 2026 1122 PM/digits.ipynb": "one jane",
            "7002-900 - Jane Doe - Oct 5, 2026 1123 PM/digits.ipynb": "other jane",
            "7003-900 - Ada - Oct 5, 2026 1123 PM/digits.ipynb": "ada",
        },
        (("Ada", "ada", berlin("2026-10-05 23:23")),),
        listed=("7001", "7002"),
        system="Brightspace",
    ),
    "Sakai": Class(
        {
            "Digit recognition/grades.csv": b"",
            "Digit recognition/Lovelace, Ada(ada)/Submission attachment(s)/digits.ipynb": "ada",
            "Digit recognition/Lovelace, Ada(ada)/timestamp.txt": b"20261025003000000",
            "Digit recognition/Lovelace, Ada(ada)/comments.txt": b"",
            "Digit recognition/Ødegård, Åse(aase)/Submission attachment(s)/week 3.ipynb": "åse",
            "Digit recognition/Ødegård, Åse(aase)/timestamp.txt": b"2026-12-01T23:00:00Z",
            "Digit recognition/Ødegård, Åse(aase)/Feedback Attachment(s)/digits.ipynb": "feedback",
            "Digit recognition/Null, None(none)/None, Null(none)_submissionText.html": b"<p>",
            "Digit recognition/Null, None(none)/timestamp.txt": b"some day",
        },
        (
            ("aase", "åse", datetime(2026, 12, 1, 23, tzinfo=UTC)),
            ("ada", "ada", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
            ("none", "", None),
        ),
        system="Sakai",
    ),
    "GitHub Classroom, cloned": Class(
        {
            "digit-reading-submissions/digit-reading-ada-l/digits.ipynb": "ada",
            "digit-reading-submissions/digit-reading-ada-l/README.md": b"#",
            "digit-reading-submissions/digit-reading-ada-x/src/notebooks/digits.ipynb": "ada x",
            "digit-reading-submissions/digit-reading-grace/digits.ipynb": "grace",
            "digit-reading-submissions/digit-reading-grace/scratch.ipynb": "scratch",
            "digit-reading-submissions/digit-reading-alan/README.md": b"# nothing yet",
        },
        (("ada-l", "ada", None), ("ada-x", "ada x", None), ("alan", "", None), ("grace", "grace", None)),
        left=("ada-l/README", "scratch"),
        system="GitHub Classroom",
    ),
    "GitHub, zips of repositories": Class(
        {"digits-ada-main.zip": b"", "digits-grace-hopper-main.zip": b"", "digits-alan-master.zip": b""},
        (("ada", "jane", None), ("alan", "jane", None), ("grace-hopper", "jane", None)),
        system="GitHub Classroom",
    ),
    "Teams": Class(
        {
            "Submitted files/Ada Lovelace/Digits/Version 2/digits.ipynb": "ada 2",
            "Submitted files/Ada Lovelace/Digits/Version 10/digits.ipynb": "ada 10",
            "Submitted files/Łukasiewicz, Jan/Digits/Version 1/digits (1).ipynb": "jan",
            "Working files/Ada Lovelace/Digits/digits.ipynb": "draft",
            "Working files/Nobody Yet/Digits/digits.ipynb": "not handed in",
            "Working files/Nobody Else/Digits/digits.ipynb": "not handed in",
        },
        (("Ada Lovelace", "ada 10", None), ("Ada Lovelace", "ada 2", None), ("Łukasiewicz, Jan", "jan", None)),
        zip_name="OneDrive_1_01-12-2026.zip",
        left=("Working files/Ada", "Working files/Nobody Yet", "Working files/Nobody Else"),
        system="Teams",
    ),
    "ILIAS": Class(
        {
            "Übungsblatt 3/Abgaben/Lovelace_Ada_ada_4711/20261025023000_digits.ipynb": "ada",
            "Übungsblatt 3/Abgaben/Gauß_Carl Friedrich_cfg_4712/20261201120000_digits_v2.ipynb": "carl",
            "Übungsblatt 3/Abgaben/Team 12/Curie_Marie_curie_4713/20261201120500_digits.ipynb": "marie",
            "Übungsblatt 3/status.xlsx": b"",
        },
        (
            ("ada", "ada", berlin("2026-10-25 02:30")),
            ("cfg", "carl", berlin("2026-12-01 12:00")),
            ("curie", "marie", berlin("2026-12-01 12:05")),
        ),
        left=("status.xlsx",),
        system="ILIAS",
    ),
    "Google Classroom": Class(
        {
            "Digits/Ada Lovelace - Digits.ipynb": "ada",
            "Digits/Jean-Luc - Marie Picard - Digits.ipynb": "picard",
            "Digits/Čapek Karel - Digits (1).ipynb": "karel",
        },
        (("Ada Lovelace", "ada", None), ("Jean-Luc - Marie Picard", "picard", None), ("Čapek Karel", "karel", None)),
        zip_name="Digits-20261201T120000Z-001.zip",
        system="Google Classroom",
    ),
    "Gradescope": Class(
        {
            "assignment_7_export/submission_metadata.yml": (
                b"submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: a17\n"
                b"  :created_at: 2026-10-25 02:30:00.5 +01:00\n"
                b"submission_2:\n  :submitters:\n  - :name: Grace\n    :sid: g18\n  :created_at: later\n"
                b"submission_3:\n  :submitters:\n  - :name: Alan\n  - :name: Alonzo\n"
            ),
            "assignment_7_export/submission_1/src/digits.ipynb": "ada",
            "assignment_7_export/submission_1/scratch.ipynb": "scratch",
            "assignment_7_export/submission_2/digits.ipynb": "grace",
            "assignment_7_export/submission_3/digits.ipynb": "both",
        },
        (("a17", "ada", datetime(2026, 10, 25, 1, 30, 0, 500000, UTC)), ("g18", "grace", None)),
        listed=("submission_3",),
        left=("scratch",),
        system="Gradescope",
    ),
    "nbgrader's tree": Class(
        {
            "submitted/ada/digits/digits.ipynb": "ada",
            "submitted/ada/digits/timestamp.txt": b"2026-07-01 10:00:00.123456 CEST\n",
            "submitted/ada/loops/loops.ipynb": "loops",
            "submitted/grace/digits/sub/folder/digits.ipynb": "grace",
            "submitted/grace/digits/timestamp.txt": b"2026-12-01 18:00 PST",
            "submitted/alan/digits/digits.ipynb": "alan",
            "submitted/alan/digits/timestamp.txt": b"2026-12-01T18:00:00Z",
            "submitted/bob/loops/loops.ipynb": "loops of bob",
            "submitted/eve/digits/digits.ipynb": "eve",
            "submitted/eve/digits/timestamp.txt": b"Tuesday",
        },
        (
            ("ada", "ada", datetime(2026, 7, 1, 8, 0, 0, 123456, UTC)),
            ("alan", "alan", datetime(2026, 12, 1, 18, tzinfo=UTC)),
            ("eve", "eve", None),
            ("grace", "grace", datetime(2026, 12, 2, 2, tzinfo=UTC)),
        ),
        left=("ada/loops", "bob/loops"),
    ),
    "nbgrader's exchange": Class(
        {
            "inbound/ada+digits+2026-07-01 10:00:00 EDT+x/digits.ipynb": "ada",
            "inbound/ada+digits+2026-07-01 10:00:00 EDT+x/digits_backup.ipynb": "backup",
            "inbound/ada+loops+2026-07-01 10:00:00 EDT+y/loops.ipynb": "loops",
            "inbound/grace+digits+2026-07-01 25:00:00 EDT+z/digits.ipynb": "grace",
        },
        (("ada", "ada", datetime(2026, 7, 1, 14, tzinfo=UTC)), ("grace", "grace", None)),
        left=("digits_backup", "+loops+"),
    ),
    "a folder for each student": Class(
        {
            "ada/digits.ipynb": "ada",
            "grace/src/digits.ipynb": "grace",
            "grace/data/digit.png": b"",
            "alan/week3/final/digits_final.ipynb": "alan",
            "alan/week3/digits_notes.txt": b"",
            "Ame\u0301lie/digits.ipynb": "amelie",
            "jane/handed in.zip": b"",
            "eve/essay.pdf": b"%PDF",
        },
        (
            ("Ame\u0301lie", "amelie", None),
            ("ada", "ada", None),
            ("alan", "alan", None),
            ("eve", "", None),
            ("grace", "grace", None),
            ("jane", "jane", None),
        ),
        left=("digit.png", "digits_notes"),
    ),
    "folders of groups": Class(
        {
            f"{group}/{name}/digits.ipynb": name
            for group, names in {"Monday": ("ada", "bob"), "Friday": ("carl", "dora", "eve")}.items()
            for name in names
        },
        tuple((name, name, None) for name in ("ada", "bob", "carl", "dora", "eve")),
    ),
    "plain notebooks": Class(
        {"ada.ipynb": "ada", "Zoë K.ipynb": "zoe", "grace.IPYNB": "grace", "jane.zip": b"", "alan.pdf": b"%PDF"},
        (
            ("Zoë K", "zoe", None),
            ("ada", "ada", None),
            ("alan", "", None),
            ("grace", "grace", None),
            ("jane", "jane", None),
        ),
    ),
}  # fmt: skip


def filled(files: Mapping[str, bytes | str], folder: Path) -> dict[str, bytes | str]:
    """The files, each empty zip with the notebook of a student who packs everything."""
    packed = zipped(
        folder / "packed", {"all/of it/digits.ipynb": "jane", "all/__MACOSX/._digits.ipynb": b"", "a.txt": b""}
    )
    inside = packed.read_bytes()
    packed.unlink()
    return {name: inside if name.endswith(".zip") else data for name, data in files.items()}


def held(path: Path, collected: Collected) -> list[tuple[str, str, datetime | None]]:
    return [
        (one.student, hand_ins.read(one).decode(errors="replace").rpartition('"x": "')[2][:-2], one.received)
        if ".ipynb" in one.path.casefold()
        else (one.student, "", one.received)
        for one in collected.submissions
    ]


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_each_student_is_found_once_or_listed(name: str, packed: bool, tmp_path: Path) -> None:
    wanted = CLASSES[name]
    path = zipped(tmp_path / wanted.zip_name, filled(wanted.files, tmp_path))
    if not packed:
        zipfile.ZipFile(path).extractall(path := tmp_path / "unpacked")
    collected = hand_ins.collect(path, assignment="digits", zone=BERLIN)
    assert sorted(held(path, collected)) == sorted(wanted.wanted)
    assert collected.lms == wanted.system
    found = sorted(one.submission.path for one in collected.unresolved)
    assert len(found) == len(wanted.listed)
    assert all(part in path for part, path in zip(sorted(wanted.listed), found, strict=True))
    left = [path for path, reason in collected.left_out if reason]
    assert len(left) >= len(wanted.left)
    assert [part for part in wanted.left if not any(part in path for path in left)] == []


@pytest.mark.parametrize("name", CLASSES)
def test_no_file_goes_without_a_word(name: str, tmp_path: Path) -> None:
    files = {path: data for path, data in CLASSES[name].files.items() if isinstance(data, str)}
    files = {path: data for path, data in files.items() if "Feedback Attachment" not in path}
    path = zipped(tmp_path / CLASSES[name].zip_name, filled(CLASSES[name].files, tmp_path))
    collected = hand_ins.collect(path, assignment="digits")
    told = [one.path for one in collected.submissions] + [one.submission.path for one in collected.unresolved]
    told += [path for path, _ in collected.left_out]
    assert len(told) == len(set(told))
    assert [file for file in files if not any(path.endswith(f"!/{file}") for path in told)] == []


def test_stamps_that_say_nothing_are_listed_with_their_text(tmp_path: Path) -> None:
    texts = {}
    for name in ("nbgrader's tree", "Sakai", "nbgrader's exchange", "Gradescope"):
        path = zipped(tmp_path / f"{name}.zip", CLASSES[name].files)
        collected = hand_ins.collect(path, assignment="digits")
        texts[name] = [text for _, text in collected.untimed]
        [sentence] = [said for _, _, said in remarks(collected, "digits") if "time stamp" in said]
        assert texts[name][0] in sentence
    assert texts == {
        "nbgrader's tree": ["Tuesday"],
        "Sakai": ["some day"],
        "nbgrader's exchange": ["2026-07-01 25:00:00 EDT"],
        "Gradescope": ["later"],
    }


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("2026-07-01 10:00:00.5 EDT", datetime(2026, 7, 1, 14, 0, 0, 500000, UTC)),
        ("2026-07-01 10:00:00 CEST", datetime(2026, 7, 1, 8, tzinfo=UTC)),
        ("2026-12-01 10:00:00.000000 PST", datetime(2026, 12, 1, 18, tzinfo=UTC)),
        ("2026-12-01 10:00:00 CST", datetime(2026, 12, 1, 16, tzinfo=UTC)),
        ("2026-07-01T10:00:00Z", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01T10:00Z", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01 10:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01 10:00 America/New_York", datetime(2026, 7, 1, 14, tzinfo=UTC)),
        ("2026-07-01 10:00:00 +05:30", datetime(2026, 7, 1, 4, 30, tzinfo=UTC)),
        ("20260701100000000", datetime(2026, 7, 1, 10, tzinfo=UTC)),
    ],
)
def test_stamps_are_read_in_the_zone_that_they_name(stamp: str, time: datetime, tmp_path: Path) -> None:
    files = {"ada/digits/digits.ipynb": "ada", "ada/digits/timestamp.txt": stamp.encode()}
    collected = hand_ins.collect(zipped(tmp_path / "class.zip", files), assignment="digits")
    assert [one.received for one in collected.submissions] == [time]
    assert collected.untimed == ()


@pytest.mark.parametrize(
    "stamp",
    [
        "noon",
        "",
        "2026-02-30 10:00",
        "2026-07-01 10:00 XYZT",
        "01/07/2026 10:00",
        "\0" * 9,
        "0001-01-01 00:00 +01:00",
        "9999-12-31 23:59 UTC",
    ],
)
def test_stamps_that_cannot_be_read_are_never_in_time_without_a_word(stamp: str, tmp_path: Path) -> None:
    files = {"ada/digits/digits.ipynb": "ada", "ada/digits/timestamp.txt": stamp.encode()}
    collected = hand_ins.collect(zipped(tmp_path / "class.zip", files), assignment="digits")
    assert [one.received for one in collected.submissions] == [None]
    assert [path for path, _ in collected.untimed] == [collected.submissions[0].path]


def holds(data: bytes) -> int:
    """As the release would tell: a notebook that speaks of work, or of the parts only, or of nothing."""
    return 2 if b"work" in data else int(b"parts" in data)


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"digits.ipynb": "work", "digits_backup.ipynb": "work of last week"}, ["work"]),
        ({"digits.ipynb": "parts", "scratch.ipynb": "1 + 1"}, ["parts"]),
        ({"aufgabe.ipynb": "parts", "zz.ipynb": "1 + 1"}, ["parts"]),
        ({"digits.ipynb": "parts", "digits_done.ipynb": "work"}, ["work"]),
        ({"digits.ipynb": "cut short", "solution.ipynb": "work"}, ["work"]),
        ({"notes.ipynb": "work a", "other.ipynb": "work b"}, ["work a", "work b"]),
        ({"digits.ipynb": "work 1", "digits (1).ipynb": "work 2"}, ["work 1", "work 2"]),
        ({"src/Copy of Digits.ipynb": "work", "my digits.ipynb": "work too"}, ["work"]),
        ({"digits.ipynb.txt": "work", "zz.pdf": "1 + 1"}, ["work"]),
        ({"digits.ipynb.json": "parts", "a.ipynb.txt": "work"}, ["work"]),
    ],
)
@pytest.mark.parametrize("start", ["ada/", "Ada_2101_assignsubmission_file_/"])
def test_of_one_hand_in_the_notebook_that_is_meant_counts(
    files: Mapping[str, str], counts: list[str], start: str, tmp_path: Path
) -> None:
    other = start.replace("da", "lan").replace("2101", "2102") + "digits.ipynb"
    path = zipped(tmp_path / "class.zip", {start + name: text for name, text in files.items()} | {other: "other"})
    collected = hand_ins.collect(path, assignment="digits", holds=holds)
    assert sorted(text for _, text, _ in held(path, collected)) == sorted([*counts, "other"])
    assert len(collected.submissions) + len(collected.left_out) == len(files) + 1


@pytest.mark.parametrize(
    ("pattern", "student", "time"),
    [
        (r"hw3-(?P<student>[a-z]+)-", "ada", None),
        (r"-(?P<student>[a-z]+)-(?P<received>\d{8}T\d{6})", "ada", berlin("2026-12-01 18:00")),
        (r"(?P<received>20\d+T\d+)Z?.*/(?P<student>\w+)\.ipynb$", "work", berlin("2026-12-01 18:00")),
        (r"^week 3/(?P<student>[^/]+?)-\d", "hw3-ada", None),
    ],
)
def test_a_pattern_says_whose_a_file_is(pattern: str, student: str, time: datetime | None, tmp_path: Path) -> None:
    files = {"week 3/hw3-ada-20261201T180000/work.ipynb": "ada", "index.html": b"", "odd.ipynb": "odd"}
    path = zipped(tmp_path / "class.zip", files)
    collected = hand_ins.collect(path, assignment="digits", zone=BERLIN, pattern=pattern)
    assert held(path, collected) == [(student, "ada", time)]
    assert [one.submission.student for one in collected.unresolved] == ["odd.ipynb"]
    assert [reason for _, reason in collected.left_out] == [
        "its name is not as --pattern writes names, and it is no notebook"
    ]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(", "no regular expression"), ("ada", "does not say where"), ("(?P<student>xyz)", "no file fits")],
)
def test_a_pattern_that_says_nothing_is_refused(pattern: str, words: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"ada.ipynb": "ada"})
    with pytest.raises(CourseError, match=f"--pattern: .*{words}"):
        hand_ins.collect(path, pattern=pattern)


@pytest.mark.parametrize(
    ("names", "is_told"),
    [
        (("submission_101/digits.ipynb", "submission_102/digits.ipynb"), True),
        (("ada_20261201_digits.ipynb", "grace_20261202_digits.ipynb"), True),
        (("CS1_ada_88123_v1.ipynb", "CS1_grace_88124_v1.ipynb"), True),
        (("digits ada.ipynb", "digits grace.ipynb"), True),
        (("lab3-ada/x.ipynb", "lab3-grace/x.ipynb", "lab3-alan/x.ipynb"), True),
        (("student_01.ipynb", "student_02.ipynb", "student_03.ipynb"), False),
        (("Ann Lee.ipynb", "Ann Low.ipynb", "Anna.ipynb"), False),
        (("ada.ipynb", "grace.ipynb"), False),
        (("ada.lovelace/digits.ipynb", "grace_hopper/digits.ipynb"), False),
        (("s1001/digits.ipynb", "s1002/digits.ipynb"), False),
        (("100423/digits.ipynb", "100424/digits.ipynb"), False),
        (("Ada Lovelace - digits.ipynb", "Grace Hopper - digits.ipynb"), False),
    ],
)
def test_names_of_a_system_that_is_not_known_are_told(names: tuple[str, ...], is_told: bool, tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", dict(zip(names, "xyz", strict=False)))
    told = remarks(hand_ins.collect(path, assignment="digits"), "digits")
    assert any("--pattern" in sentence for _, _, sentence in told) == is_told


IMPOSTURES = {
    "Blackboard": "Digits_grace_attempt_2026-01-01-00-00-00_{}.ipynb",
    "Brightspace": "1-2 - grace - Oct 5, 2026 100 AM/{}.ipynb",
    "Sakai": "H, G(grace)/Submission attachment(s)/{}.ipynb",
    "Teams": "Submitted files/grace/digits/Version 1/{}.ipynb",
    "ILIAS": "Abgaben/H_G_grace_77/20260101000000_{}.ipynb",
    "Canvas": "grace_1043_{}_digits.ipynb",
    "Moodle": "grace_2102_assignsubmission_file_/{}.ipynb",
    "exchange": "grace+digits+2026-01-01 00:00:00 UTC+{}/digits.ipynb",
    "GitHub": "digits-grace/{}.ipynb",
}


@pytest.mark.parametrize("name", IMPOSTURES)
def test_names_in_a_students_own_folder_make_nobody_elses_hand_in(name: str, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"grace/digits.ipynb": "grace", "alan/digits.ipynb": "alan"}
    files |= {"ada/" + IMPOSTURES[name].format(number): "forged" for number in range(10, 60)}
    path = zipped(tmp_path / "class.zip", files)
    collected = hand_ins.collect(path, assignment="digits")
    assert {(who, what) for who, what, _ in held(path, collected)} == {
        ("grace", "grace"),
        ("alan", "alan"),
        ("ada", "forged"),
    }
    assert {one.received for one in collected.submissions} == {None}


def test_thousands_of_notebooks_of_one_student_hold_up_nobody(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {f"ada/{number}.ipynb": str(number) for number in range(5000)}
    path = zipped(tmp_path / "class.zip", files | {"grace/digits.ipynb": "grace", "alan/digits.ipynb": "alan"})
    looked_into: list[bytes] = []
    collected = hand_ins.collect(path, assignment="digits", holds=lambda data: len(looked_into.append(data) or b""))
    assert [one.student for one in collected.submissions] == ["ada"] * 10 + ["alan", "grace"]
    assert len(collected.left_out) == 4990
    assert looked_into == []


def test_a_students_own_stamps_and_lists_count_for_nothing(tmp_path: Path) -> None:
    forged = b"submission_1:\n  :submitters:\n  - :sid: ada\n"
    files: dict[str, bytes | str] = {
        "ada/digits/digits.ipynb": "ada",
        "ada/submission_metadata.yml": forged,
        "grace/digits/own/digits.ipynb": "grace",
        "grace/digits/own/timestamp.txt": b"2020-01-01 00:00:00 UTC",
        "grace/digits/timestamp.txt": b"2026-12-01 00:00:00 UTC",
    }
    path = zipped(tmp_path / "class.zip", files)
    assert held(path, hand_ins.collect(path, assignment="digits")) == [
        ("ada", "ada", None),
        ("grace", "grace", datetime(2026, 12, 1, tzinfo=UTC)),
    ]


def test_who_handed_in_nothing_is_listed(tmp_path: Path) -> None:
    real = (Person(name) for name in ("ada", "grace", "alan", "zoe"))
    people = Roster((*real, Person("f00d", "Student, Test")))  # as in every gradebook that Canvas exports
    path = zipped(tmp_path / "class.zip", {"ada/digits.ipynb": "ada", "alan/a.txt": b"", "stranger/digits.ipynb": "x"})
    collected = hand_ins.collect(path, roster=people.names, assignment="digits")
    after = added(None, HandIns("digits", "", collected.submissions))
    [sentence] = [text for _, title, text in of_addition(after, None, people) if title == "Handed in nothing:"]
    assert sentence == "2 of 4 students: grace, zoe."
    assert [one.submission.student for one in collected.unresolved] == ["stranger"]


def test_the_roster_tells_students_folders_from_folders_of_groups(tmp_path: Path) -> None:
    people = Roster(tuple(Person(name) for name in ("ada", "bob")))
    path = zipped(tmp_path / "class.zip", {"Group 1/ada/digits.ipynb": "ada", "Group 2/Bob/x/digits.ipynb": "bob"})
    assert [(who, what) for who, what, _ in held(path, hand_ins.collect(path, roster=people.names))] == [
        ("ada", "ada"),
        ("bob", "bob"),
    ]


@pytest.mark.parametrize(
    ("name", "people", "found"),
    [
        ("ILIAS", (("a1", "Ada Lovelace"), ("4712", "Eve")), {"a1": "ada"}),
        ("Brightspace", (("a1", "Lovelace, Ada"), ("7002-900", "Eve")), {}),
        ("Brightspace", (("a1", "Ada Lovelace"), ("7002-900", "Eve")), {"a1": "ada"}),
        ("Sakai", (("a1", "Ada Lovelace"), ("aase", "Åse")), {"a1": "ada", "aase": "åse"}),
        ("Sakai", (("a1", "Lovelace, Ada"), ("n1", "None Null")), {"a1": "ada"}),
        ("Moodle", (("g1", "Grace Hopper"), ("2101", "Eve"), ("n1", "Σωκράτης, Νίκος")), {"g1": "grace", "n1": ""}),
        ("GitHub Classroom, cloned", (("digit-reading-grace", "G"), ("ada-l", "A")), {"digit-reading-grace": "grace"}),
        ("Teams", (("j1", "Jan Łukasiewicz"), ("a1", "Ada Lovelace")), {"j1": "jan", "a1": "ada 2"}),
    ],
)
def test_the_roster_finds_students_by_name_and_never_by_anothers_number(
    name: str, people: tuple[tuple[str, str], ...], found: Mapping[str, str], tmp_path: Path
) -> None:
    path = zipped(tmp_path / CLASSES[name].zip_name, filled(CLASSES[name].files, tmp_path))
    listed = "".join(f'{student},"{full}"\n' for student, full in people)
    (tmp_path / "roster.csv").write_text(f"student id,name\n{listed}", encoding="utf-8")
    roster = Roster.read(tmp_path / "roster.csv")
    collected = hand_ins.collect(path, roster=roster.names, assignment="digits", zone=BERLIN)
    works = {student: text for student, text, _ in held(path, collected)}
    assert {student: works.get(student) for student in found} == found
    assert len(collected.submissions) + len(collected.unresolved) == len(CLASSES[name].wanted) + len(
        CLASSES[name].listed
    )
    assert "Eve" not in [roster.person(one.student).name for one in collected.submissions]


@pytest.mark.parametrize(
    ("name", "own"),
    [("Brightspace", "index.html"), ("ILIAS", "status.xlsx"), ("Blackboard", "2026-10-25-03-30-00.txt")],
)
def test_what_a_system_itself_adds_is_told_as_such_and_nothing_of_a_students_is(
    name: str, own: str, tmp_path: Path
) -> None:
    start = next(path.rpartition("digits")[0] for path in CLASSES[name].files if path.endswith("digits.ipynb"))
    mine = [f"{start}{file}" for file in ("index.html", "status.xlsx", "notes.txt")]
    files = CLASSES[name].files | dict.fromkeys(mine, b"mine")
    collected = hand_ins.collect(zipped(tmp_path / "c.zip", files), assignment="digits")
    told = [sentence for good, _, sentence in remarks(collected, "digits") if good]
    assert len(told) == 1
    assert told[0].startswith("1 file (added by the system itself, no student's): ")
    assert told[0].endswith(f"{own}.")
    theirs = {reason for path, reason in collected.left_out if path.partition("!/")[2] in mine}
    assert theirs == {"it is no notebook, and one was handed in beside it"}


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"ada/digits.ipynb": "ada", "ada/digits_backup.ipynb": "old"}
    files |= {f"ada/data/{number}.png": b"" for number in range(30)}
    collected = hand_ins.collect(zipped(tmp_path / "c.zip", files), assignment="digits")
    told = [sentence for _, title, sentence in remarks(collected, "digits") if title == "Left out:"]
    assert [sentence.split(":")[0] for sentence in told] == [
        "30 files (it is no notebook, and one was handed in beside it)",
        "1 file (digits.ipynb of the same hand-in counts)",
    ]
    assert "and 20 more" in told[0]
