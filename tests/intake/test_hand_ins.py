"""What was handed in becomes rows: each file once, whose it is, and nothing else on the disk touched."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import stat
import tracemalloc
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.core.errors import CourseError, SubmissionError
from autograder.intake import files as found
from autograder.intake import hand_ins, naming
from autograder.intake.hand_ins import Collected

NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


def folder(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return path


def notebooks(*names: str) -> dict[str, bytes]:
    return {name: NOTEBOOK + b" " * number for number, name in enumerate(names)}


def students(collected: Collected) -> list[str]:
    return [submission.student for submission in collected.submissions]


CANVAS = notebooks(
    "lovelaceada_1042_55001_digits.ipynb",
    "hopper_grace_LATE_1043_55002_Copy of digits (1)-2.ipynb",
    "turingalan_1044_text.html",
    "noetheremmy_LATE_1045_link.html",
    "curiemarie_1046_55003_my_1_2_digits.ipynb",
    "curiemarie_1046_55004_model.pt",
)
MOODLE = notebooks(
    "Ada Lovelace_2101_assignsubmission_file_/digits.ipynb",
    "Grace_Brewster Hopper_2102_assignsubmission_file_/Copy of digits.ipynb",
    "Grace_Brewster Hopper_2102_assignsubmission_onlinetext_/onlinetext.html",
    "Alan Turing_2103_assignsubmission_onlinetext_/onlinetext.html",
    "Participant 7_2104_assignsubmission_file_digits.ipynb",
    "Grades-Course-1.csv",
)
TREE = notebooks(
    "ada/digits/digits.ipynb", "ada/digits/torch.py", "ada/digits/.ipynb_checkpoints/digits-checkpoint.ipynb",
    "alan/digits/essay.pdf", "alan/other/other.ipynb", "grace/digits/digits.ipynb", "grace/digits/digits (1).ipynb",
) | {
    "ada/digits/timestamp.txt": b"2026-11-23 01:02:03.500000 Europe/Berlin",
    "grace/digits/timestamp.txt": b"yesterday",
}  # fmt: skip
GRADESCOPE = notebooks("submission_1/digits.ipynb", "submission_2/digits.ipynb", "submission_3/digits.ipynb") | {
    "submission_metadata.yml": b"""
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: a17
    :email: ada@example.org
  :created_at: 2026-11-23 01:02:03.5 +01:00
submission_2:
  :submitters:
  - :name: Grace Hopper
    :email: grace@example.org
submission_3:
  :submitters:
  - :name: Alan Turing
  - :name: Alonzo Church
"""
}
PLAIN = notebooks(
    "ada.ipynb", "Copy of digits (1).ipynb", "alan.pdf", "ada.html", "grace.IPYNB", ".DS_Store", "roster.csv"
)
LAYOUTS: Mapping[str, tuple[Mapping[str, bytes], list[str]]] = {
    "canvas": (CANVAS, ["1042", "1043", "1044", "1045", "1046"]),
    "moodle": (MOODLE, ["2101", "2102", "2103", "2104"]),
    "nbgrader": (TREE, ["ada", "alan", "grace", "grace"]),
    "gradescope": (GRADESCOPE, ["a17", "grace@example.org"]),
    "plain": (PLAIN, ["Copy of digits (1)", "ada", "alan", "grace"]),
    "a folder each": (notebooks("ada/digits.ipynb", "grace/digits.ipynb", "grace/notes.txt"), ["ada", "grace"]),
    "wrapped": (notebooks("class/ada.ipynb", "class/grace.ipynb", "__MACOSX/class/._ada.ipynb"), ["ada", "grace"]),
    "wrapped tree": (notebooks("submitted/ada/digits/digits.ipynb"), ["ada"]),
    "one student's tree": (notebooks("ada/digits/digits.ipynb", "ada/digits/data/digit.png"), ["ada"]),
    "anonymous canvas": (
        notebooks("anon_a1B2c_55001_digits.ipynb", "LATE_anon_X9y8z_55002_digits-1.ipynb"),
        ["X9y8z", "a1B2c"],
    ),
    "newer moodle": (
        notebooks(
            "Ada Lovelace_2101_assignsubmission_file/digits.ipynb", "Participant_7_assignsubmission_file/a.ipynb"
        ),
        ["2101", "7"],
    ),
    "exchange": (
        notebooks(
            "inbound/ada+digits+2026-11-23 01:02:03.500000 UTC+a1b2/digits.ipynb",
            "inbound/ada+digits+2026-11-24 01:02:03.500000 UTC+c3d4/digits.ipynb",
            "inbound/grace+digits+2026-11-23 01:02:03.500000 UTC/digits.ipynb",
            "inbound/grace+loops+2026-11-23 01:02:03.500000 UTC/loops.ipynb",
        ),
        ["ada", "ada", "grace"],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_recognised_as_folder_and_as_zip(layout: str, tmp_path: Path) -> None:
    files, wanted = LAYOUTS[layout]
    unpacked = hand_ins.collect(folder(tmp_path / "unpacked", files), assignment="digits")
    packed = hand_ins.collect(zipped(tmp_path / "week 3.zip", files), assignment="digits")
    assert students(unpacked) == students(packed) == sorted(wanted)
    assert [s.sha256 for s in unpacked.submissions] == [s.sha256 for s in packed.submissions]
    assert [s.received for s in unpacked.submissions] == [s.received for s in packed.submissions]


def test_a_row_holds_what_was_handed_in(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"ada.ipynb": NOTEBOOK})
    [submission] = hand_ins.collect(path).submissions
    assert submission.path == f"{path}!/ada.ipynb"
    assert submission.sha256 == hashlib.sha256(NOTEBOOK).hexdigest()
    assert hand_ins.read(submission) == NOTEBOOK


def test_the_roster_resolves_names_and_unknown_ones_wait_for_a_person(tmp_path: Path) -> None:
    roster = {"canvas 1042": "ada", "1044": "alan", "hopper_grace": "grace", "curiemarie": "marie"}
    collected = hand_ins.collect(zipped(tmp_path / "canvas.zip", CANVAS), roster=roster)
    assert students(collected) == ["ada", "grace", "marie"]
    assert [each.submission.student for each in collected.unresolved] == ["1044", "1045"]
    assert "roster has no such student" in collected.unresolved[0].sentence


def test_files_without_an_owner_wait_for_a_person(tmp_path: Path) -> None:
    stray = hand_ins.collect(folder(tmp_path / "moodle", MOODLE | {"stray.ipynb": NOTEBOOK}))
    assert [each.submission.student for each in stray.unresolved] == ["stray.ipynb"]
    group = hand_ins.collect(folder(tmp_path / "gradescope", GRADESCOPE))
    assert ["several students" in each.sentence for each in group.unresolved] == [True]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (b"2026-11-23 01:02:03.500000 Europe/Berlin", datetime(2026, 11, 23, 0, 2, 3, 500000, UTC)),
        (b"2026-11-23 01:02:03 UTC\n", datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)),
        (b"2026-11-23 01:02:03", datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)),
        (b"2026-11-23 01:02:03 +0530", datetime(2026, 11, 23, 1, 2, 3, tzinfo=timezone(timedelta(hours=5.5)))),
        (b"2026-13-23 01:02:03", None),
        (b"2026-11-23 01:02:03 ../../etc/passwd", None),
        (b"\xff\xfe", None),
        (b"9" * 5000, None),
    ],
)
def test_time_stamps_are_read_as_nbgrader_writes_them(text: bytes, time: datetime | None, tmp_path: Path) -> None:
    files = {
        "ada/digits/digits.ipynb": NOTEBOOK,
        "ada/digits/timestamp.txt": text,
        "grace/digits/digits.ipynb": NOTEBOOK,
    }
    ada, grace = hand_ins.collect(folder(tmp_path, files)).submissions
    assert (ada.received, grace.received) == (time, None)


def test_gradescope_tells_the_time(tmp_path: Path) -> None:
    ada, _ = hand_ins.collect(folder(tmp_path, GRADESCOPE)).submissions
    assert ada.received == datetime(2026, 11, 23, 0, 2, 3, 500000, UTC)


def test_the_exchange_tells_the_time(tmp_path: Path) -> None:
    ada, again, _ = hand_ins.collect(folder(tmp_path, LAYOUTS["exchange"][0]), assignment="digits").submissions
    assert (ada.received, again.received) == (
        datetime(2026, 11, 23, 1, 2, 3, 500000, UTC),
        datetime(2026, 11, 24, 1, 2, 3, 500000, UTC),
    )


def test_the_lms_is_told_by_the_names(tmp_path: Path) -> None:
    layouts = ("canvas", "moodle", "plain")
    found = [hand_ins.collect(folder(tmp_path / name, LAYOUTS[name][0])).lms for name in layouts]
    assert found == ["canvas", "moodle", ""]


def test_without_anything_handed_in_the_instructor_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(CourseError, match="nothing handed in"):
        hand_ins.collect(folder(tmp_path / "empty", {"roster.csv": b"id"}))
    with pytest.raises(CourseError, match="no such folder"):
        hand_ins.collect(tmp_path / "missing")
    with pytest.raises(CourseError, match="no zip"):
        hand_ins.collect(tmp_path / "broken.zip")


HOSTILE = [
    "../../x",
    "a\nb",
    "-rf",
    "CON",
    "=1+1",
    "\u202etxt",
    "Ame\u0301lie",
    "Am\u00e9lie",
    "ADA",
    "ada",
    "z" * 250,
    "a\\b",
    "...",
]


def test_hostile_ids_are_kept_letter_for_letter(tmp_path: Path) -> None:
    names = [*HOSTILE, "nul\0byte"]
    path = zipped(tmp_path / "class.zip", notebooks(*(f"{name}.ipynb" for name in names if "\0" not in name)))
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = "nul\0byte.ipynb"
        archive.writestr(info, NOTEBOOK)
    collected = hand_ins.collect(path)
    assert students(collected) == sorted({*names} - {"../../x"})
    assert [each.submission.student for each in collected.unresolved] == ["../../x.ipynb"]
    assert {hand_ins.read(submission)[:10] for submission in collected.submissions} == {NOTEBOOK[:10]}
    assert [entry.name for entry in tmp_path.iterdir()] == ["class.zip"]


def test_two_members_of_one_name_are_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ada.ipynb", b"{}")
        archive.writestr("ada.ipynb", NOTEBOOK)
    rows = hand_ins.collect(path).submissions
    assert [hand_ins.read(row) for row in rows] == [b"{}", NOTEBOOK]
    assert len({row.path for row in rows}) == 2


def test_names_that_are_no_text_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"ad\xe9.ipynb")).write_bytes(NOTEBOOK)
    [submission] = hand_ins.collect(tmp_path).submissions
    assert submission.student == r"ad\xe9"
    assert submission.path.encode()
    assert hand_ins.read(submission) == NOTEBOOK


def test_names_in_utf8_without_a_flag_are_read_as_utf8(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", notebooks("Zo\u00eb.ipynb"))
    path.write_bytes(path.read_bytes().replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00"))
    assert students(hand_ins.collect(path)) == ["Zo\u00eb"]


def refusal(path: Path, student: str) -> str:
    """The sentence with which reading a student's file is refused; the row is there all the same."""
    submission = next(row for row in hand_ins.collect(path).submissions if row.student == student)
    assert len(submission.sha256) == 64
    with pytest.raises(SubmissionError) as caught:
        hand_ins.read(submission)
    return str(caught.value)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    folder(tmp_path / "class", {"grace.ipynb": NOTEBOOK})
    (tmp_path / "secret").write_bytes(NOTEBOOK)
    (tmp_path / "class" / "link.ipynb").symlink_to(tmp_path / "secret")
    (tmp_path / "class" / "loop.ipynb").symlink_to("loop.ipynb")
    (tmp_path / "class" / "away").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "class" / "pipe.ipynb")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "class" / "door.ipynb"))
    assert students(hand_ins.collect(tmp_path / "class")) == ["away", "door", "grace", "link", "loop", "pipe"]
    assert "links are not followed" in refusal(tmp_path / "class", "link")
    assert "links are not followed" in refusal(tmp_path / "class", "loop")
    assert "links are not followed" in refusal(tmp_path / "class", "away")
    assert "no file that can be read" in refusal(tmp_path / "class", "pipe")
    assert "could not be opened" in refusal(tmp_path / "class", "door")


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "ada.ipynb").open("wb") as file:
        file.truncate(300 << 20)
    with (tmp_path / "grace.ipynb").open("wb") as file:
        file.truncate(1 << 40)
    tracemalloc.start()
    assert "300 MiB; at most 64 MiB" in refusal(tmp_path, "ada")
    assert "1,048,576 MiB" in refusal(tmp_path, "grace")
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def member(name: str, data: bytes, kind: int = stat.S_IFREG, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with one member."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr, info.compress_type = (kind | 0o644) << 16, compression
        archive.writestr(info, data)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (member("ada.ipynb", b"/etc/passwd", stat.S_IFLNK), "links are not followed"),
        (member("ada.ipynb", bytes(9 << 20)), "250-fold"),
        (member("ada.ipynb", bytes(70 << 20)), "250-fold"),
        (
            member("ada.ipynb", NOTEBOOK, compression=zipfile.ZIP_STORED).replace(b"nbformat", b"NBFORMAT"),
            "damaged inside",
        ),
        (
            member("ada.ipynb", NOTEBOOK).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            "password",
        ),
    ],
)
def test_members_that_cannot_be_read_are_refused(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(data)
    assert words in refusal(tmp_path / "class.zip", "ada")


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    """Many entries of the list that point to one member are a zip bomb."""
    data = member("ada.ipynb", os.urandom(4000))
    entry = data[data.index(b"PK\x01\x02") : data.index(b"PK\x05\x06")]
    end = bytearray(data[data.index(b"PK\x05\x06") :])
    end[8:10] = end[10:12] = (50).to_bytes(2, "little")
    end[12:16] = (50 * len(entry)).to_bytes(4, "little")
    (tmp_path / "class.zip").write_bytes(data[: data.index(b"PK\x01\x02")] + entry * 50 + end)
    with pytest.raises(CourseError, match="overlap"):
        hand_ins.collect(tmp_path / "class.zip")


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    [submission] = hand_ins.collect(folder(tmp_path, {"ada.ipynb": NOTEBOOK})).submissions
    (tmp_path / "ada.ipynb").unlink()
    with pytest.raises(SubmissionError, match="could not be opened"):
        hand_ins.read(submission)


def test_there_are_caps_on_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST_FILES", 2)
    with pytest.raises(CourseError, match="at most 2"):
        hand_ins.collect(zipped(tmp_path / "class.zip", PLAIN))
    with pytest.raises(CourseError, match="more than 2 files"):
        hand_ins.collect(folder(tmp_path / "class", PLAIN))


def test_folders_within_folders_end_somewhere(tmp_path: Path) -> None:
    deep = tmp_path / "class" / "ada" / "/".join("x" * 60)
    deep.mkdir(parents=True)
    folder(tmp_path / "class", {"ada.ipynb": NOTEBOOK})
    folder(deep, {"deep.ipynb": NOTEBOOK})
    assert students(hand_ins.collect(tmp_path / "class")) == ["ada"]


def packed(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return whole.getvalue()


def test_a_notebook_in_a_students_zip_is_read_where_it_lies(tmp_path: Path) -> None:
    inside = packed({"own/digits.ipynb": NOTEBOOK, "work/odd!!/x.ipynb.txt": b"", "work/data.csv": b"1"})
    raw = os.fsdecode(b"ad\xe9.zip")
    unpacked = folder(
        tmp_path / "class", {"grace/w.zip": inside, "alan/digits.ipynb": NOTEBOOK, "alan/old.zip": inside}
    )
    (unpacked / raw).write_bytes(inside)
    classes = [unpacked, zipped(tmp_path / "class.zip", {"grace/w.zip": inside, "alan/digits.ipynb": NOTEBOOK})]
    for path in classes:
        collected = hand_ins.collect(path, assignment="digits")
        assert {hand_ins.read(row) for row in collected.submissions} == {NOTEBOOK}
        assert [row.path.endswith("grace/w.zip!!/own/digits.ipynb") for row in collected.submissions][-1]
    assert students(hand_ins.collect(unpacked, assignment="digits")) == [r"ad\xe9", "alan", "grace"]
    assert [path[-12:] for path, _ in hand_ins.collect(unpacked, assignment="digits").left_out] == ["alan/old.zip"]


def test_names_in_a_students_zip_are_never_taken_for_the_lmss(tmp_path: Path) -> None:
    inside = packed({"hoppergrace_1043_55002_digits.ipynb": NOTEBOOK})
    path = zipped(
        tmp_path / "canvas.zip",
        {"lovelaceada_1042_55001_work.zip": inside, "hoppergrace_1043_55002_digits.ipynb": NOTEBOOK},
    )
    collected = hand_ins.collect(path, assignment="digits")
    [ada] = [one for one in collected.submissions if "work.zip" in one.path]
    named = naming.named(collected.lms, ada.path)
    assert named is not None
    assert (ada.student, named.ident, named.start) == ("1042", "1042", "lovelaceada_1042_55001_")


@pytest.mark.parametrize(
    "name", ["odd!!/digits.ipynb", "odd!/digits.ipynb", "a.zip!!/digits.ipynb", "!!/!/digits.ipynb"]
)
def test_marks_in_names_are_no_zips(name: str, tmp_path: Path) -> None:
    files = {f"ada/{name}": NOTEBOOK, "ada/other.txt": b"", "grace/digits.ipynb": b"{}"}
    for path in (folder(tmp_path / "class", files), zipped(tmp_path / "class.zip", files)):
        ada, _ = hand_ins.collect(path, assignment="digits").submissions
        assert hand_ins.read(ada) == NOTEBOOK


def with_directory_of(entries: int) -> bytes:
    """A small zip that says that its list of members is long."""
    data = bytearray(packed({"digits.ipynb": NOTEBOOK}))
    end = data.index(b"PK\x05\x06")
    data[end + 12 : end + 16] = (46 * entries).to_bytes(4, "little")
    return bytes(data)


BOMBS = {
    "many files": packed({f"{number}.txt": b"" for number in range(20_000)}),
    "a list of members that never ends": with_directory_of(10_000_000),
    "zeros": packed({"digits.ipynb": bytes(70 << 20)}),
    "zeros in a zip in a zip": packed({"deep.zip": packed({"digits.ipynb": bytes(70 << 20)})}),
    "no zip": b"PK\x03\x04 and no more",
    "nothing": b"",
    "the format for 4 GiB": packed({"digits.ipynb": NOTEBOOK}) + b"PK\x06\x07" + bytes(20),
}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_students_zip_can_only_harm_itself(kind: str, is_packed: bool, tmp_path: Path) -> None:
    files = {"ada/work.zip": BOMBS[kind], "grace/digits.ipynb": NOTEBOOK}
    path = zipped(tmp_path / "class.zip", files) if is_packed else folder(tmp_path / "class", files)
    tracemalloc.start()
    collected = hand_ins.collect(path, assignment="digits")
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()
    assert students(collected) == ["ada", "grace"]
    ada, grace = collected.submissions
    assert hand_ins.read(grace) == NOTEBOOK
    if ada.path.endswith(".ipynb"):
        with pytest.raises(SubmissionError, match="250-fold"):
            hand_ins.read(ada)
    else:
        assert ada.path.endswith("ada/work.zip")


def test_a_link_that_is_called_a_zip_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.zip").write_bytes(packed({"digits.ipynb": NOTEBOOK}))
    folder(tmp_path / "class", {"grace/digits.ipynb": NOTEBOOK})
    (tmp_path / "class" / "ada").mkdir()
    (tmp_path / "class" / "ada" / "work.zip").symlink_to(tmp_path / "secret.zip")
    assert students(hand_ins.collect(tmp_path / "class")) == ["ada", "grace"]
    assert "links are not followed" in refusal(tmp_path / "class", "ada")


def test_a_folder_too_deep_is_told(tmp_path: Path) -> None:
    folder(tmp_path / "class" / "ada" / "/".join("x" * 60), {"deep.ipynb": NOTEBOOK})
    folder(tmp_path / "class", {"grace/digits.ipynb": NOTEBOOK})
    [(path, reason)] = hand_ins.collect(tmp_path / "class").left_out
    assert "/ada/x" in path and "too deep" in reason
