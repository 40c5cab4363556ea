"""A made-up class of 34 and what Canvas, Moodle and Gradescope would say of it, after each format's own rules."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sample_grades import FULL

from autograder.core.course import Assignment
from autograder.core.model import Grade, RunStatus
from autograder.grading.ledger import Ledger
from autograder.intake import hand_ins, record
from autograder.intake.record import HandIns
from autograder.intake.roster import Roster

TITLE = "Digit recognition with PyTorch"
NAMES = (
    "Lovelace, Ada", "Hopper, Grace Brewster", "O'Brien, Seán", "Müller-Lüdenscheidt, Jürgen", "Nguyễn Văn, Ánh",
    "李, 小龍", "van der Berg, Anne-Marie", "Doe, Jane", "Doe, Jane", "Tables, Robert \"Bobby\"", "King, Martin, Jr.",
    "Σωκράτης, Νίκος", "Иванова, Ольга", "العربي, ليلى", "Zoë, Chloé", "Ze\u0301, Ame\u0301lie", "Smith_7_Jones, Kim",
    "Short, A", "Longname" * 8 + ", X", "@home, Anna", "Straße, Groß", "İnan, Işıl", "de la Cruz, María José",
    "Ødegård, Åse", "Null, None", "True, False", "Curie, Marie", "Turing, Alan", "Noether, Emmy", "Gauß, Carl",
    "Čapek, Karel", "Łukasiewicz, Jan", "Þórsdóttir, Björk", "Two  Spaces, Tim",
)  # fmt: skip
SECTIONS = ("Section 1", 'Lab "A", evenings')


@dataclass(frozen=True)
class Someone:
    """One student as each system knows them."""

    number: int
    sortable: str

    @property
    def student(self) -> str:
        return f"s{self.number:03d}"

    @property
    def name(self) -> str:
        last, _, first = self.sortable.partition(", ")
        return f"{first} {last}"

    @property
    def email(self) -> str:
        return f"{self.student}@example.org"

    @property
    def canvas(self) -> str:
        return str(1000 + self.number)

    @property
    def moodle(self) -> str:
        return str(2100 + 7 * self.number)

    @property
    def section(self) -> str:
        return SECTIONS[self.number % 2]


CLASS = tuple(Someone(number, name) for number, name in enumerate(NAMES))
MISSING = (3, 12, 20)
LATE = (1, 5)
TWICE = (6, 8)
UNREADABLE, NEEDS_HUMAN, HELD = 9, 10, 14
QUIET = (*MISSING, UNREADABLE, NEEDS_HUMAN, HELD)
"""Whose cells must stay as they are."""


def points_of(someone: Someone) -> float:
    return (someone.number * 7 % 41) / 2


def told(someone: Someone) -> float | None:
    """What the LMS must be told of a student."""
    return None if someone.number in QUIET else points_of(someone)


def notebook(text: str) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [], "x": text}).encode()


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return path


def roster(folder: Path) -> Path:
    """The course's own roster; one result is on hold."""
    path = folder / "roster.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file)
        write.writerow(["Student ID", "Name", "E-Mail", "Canvas ID", "Moodle ID", "Section", "Hold"])
        for one in CLASS:
            hold = "being looked into" if one.number == HELD else ""
            write.writerow([one.student, one.sortable, one.email, one.canvas, one.moodle, one.section, hold])
    return path


def canvas_zip(path: Path) -> Path:
    """Names as Canvas writes them: squeezed sortable name, LATE, user, attachment, the file's own name."""
    files = {}
    for one in CLASS:
        squeezed = re.sub(r"\W", "", re.sub(r"_(\d+)_", r"\1", one.sortable).lower())
        start = f"{squeezed}_{'LATE_' * (one.number in LATE)}{one.canvas}"
        if one.number in MISSING:
            continue
        if one.number == UNREADABLE:
            files[f"{start}_text.html"] = b"<p>my answer</p>"
            continue
        files[f"{start}_{9990 + one.number}_digits.ipynb"] = notebook(one.student)
        if one.number in TWICE:
            files[f"{start}_{10990 + one.number}_digits-1.ipynb"] = notebook(f"{one.student} again")
    return zipped(path, files | {"stranger_7777_88888_digits.ipynb": notebook("stranger")})


def moodle_zip(path: Path, *, blind: bool = False, folders: bool = True) -> Path:
    """Folders (or, in old Moodle, starts of names) as Moodle writes them; without names where marking is blind."""
    files = {}
    for one in CLASS:
        if one.number in MISSING:
            continue
        name = "Participant" if blind else re.sub(r"[&<>\"`|':\\/]", "", one.name.replace("_", " "))
        start = f"{name}_{one.moodle}_assignsubmission_"
        if one.number == UNREADABLE:
            files[f"{start}onlinetext_{'/' * folders}onlinetext.html"] = b"<p>my answer</p>"
            continue
        files[f"{start}file_{'/' * folders}digits.ipynb"] = notebook(one.student)
        if one.number in TWICE:
            files[f"{start}file_{'/' * folders}digits (2).ipynb"] = notebook(f"{one.student} again")
    return zipped(path, files)


def gradescope_zip(path: Path) -> Path:
    """An export of Gradescope: numbered folders, and a list that says whose each is and when it came."""
    files, lines = {}, []
    for one in CLASS:
        if one.number in MISSING:
            continue
        folder = f"submission_{5000 + one.number}"
        files[f"assignment_77_export/{folder}/digits.ipynb"] = notebook(one.student)
        people = [one, CLASS[3]] if one.number == NEEDS_HUMAN else [one]
        lines += [f"{folder}:", "  :submitters:"]
        for each in people:
            lines += [f"  - :name: {json.dumps(each.name)}", f"    :sid: {each.student}", f"    :email: {each.email}"]
        lines += ["  :created_at: 2026-11-23 10:00:00.5 Z", "  :score: 0.0"]
    files["assignment_77_export/submission_metadata.yml"] = "\n".join(["---", *lines, ""]).encode()
    return zipped(path, files)


def number(value: float, comma: bool) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if comma else text


def table(rows: Iterable[Sequence[str]], separator: str, ends: str, always: bool = False) -> str:
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, lineterminator=ends, quoting=quoting).writerows(rows)
    return file.getvalue()


def canvas_gradebook(told: Mapping[str, float], separator: str = ",", ends: str = "\n", bom: bool = False) -> bytes:
    """The gradebook that Canvas exports, with these points (by student) in the assignment's column."""
    comma = separator == ";"
    most = [number(value, comma) for value in (10.0, 20.0, 5.5)]
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Essay (880)", f"{TITLE} (8812)"]
    header += ['Quiz: "loops", part 1 (8813)', "Current Score", "Final Grade"]
    rows = [header, ["", "", "", "", "", "", "Manual Posting", "", "", ""]]
    rows.append(["    Points Possible", "", "", "", "", *most, "(read only)", "(read only)"])
    for one in CLASS:
        old = {2: "EX", 4: "3.50"}.get(one.number, "")
        new = number(told[one.student], comma) if one.student in told else old
        half = number(one.number / 4, comma)
        start = [one.sortable, one.canvas, one.student, one.email, one.section]
        rows.append([*start, half, new, "", number(71.25, comma), "=1+1"])
    rows.append(["Student, Test", "9999", "", "f00dcafe", "Section 1", "1", "2", "3", "4", "5"])
    text = table(rows, separator, ends)
    return (("\ufeff" if bom else "") + text + ends).encode()


def brightspace_grades(told: Mapping[str, float], title: str = TITLE, most: str = " MaxPoints:20 Weight:10") -> bytes:
    """The grades that Brightspace exports, with these points (by student) in the item's column."""
    header = ["OrgDefinedId", "Username", "Last Name", "First Name", "Sections"]
    header += ["Essay Points Grade <Numeric MaxPoints:10>", f"{title} Points Grade <Numeric{most}>"]
    rows = [[*header, "Calculated Final Grade Numerator", "End-of-Line Indicator"]]
    for one in CLASS:
        last, _, first = one.sortable.partition(", ")
        new = number(told[one.student], False) if one.student in told else ""
        rows.append([f"#{one.student}", f"#u{one.number}", last, first, one.section, "7.5", new, "71.25", "#"])
    return ("\ufeff" + table(rows, ",", "\r\n") + "\r\n").encode()


LANGUAGES = {
    "en": ("Participant ", "Identifier|Full name|Email address|Status|Grade|Maximum Grade|Grade can be changed"
           "|Last modified (submission)|Last modified (grade)|Feedback comments"),
    "de": ("Teilnehmer/in", "ID|Vollständiger Name|E-Mail-Adresse|Status|Bewertung|Bestwertung"
           "|Bewertung kann geändert werden|Zuletzt geändert (Abgabe)|Zuletzt geändert (Bewertung)|Kommentare"),
    "xx": ("Foo", "A|B|C|D|E|F|G|H|I|J"),
}  # fmt: skip
"""What stands before a participant's number, and the header of the worksheet; the last is no language at all."""


def moodle_worksheet(
    told: Mapping[str, float], language: str = "en", *, separator: str = ",", comma: bool = False, blind: bool = False
) -> bytes:
    """The worksheet that Moodle exports, with these points (by student) in its column."""
    word, titles = LANGUAGES[language]
    rows = [titles.split("|")]
    for one in CLASS:
        new = number(told[one.student], comma) if one.student in told else ""
        most = "20,00" if comma else "20.00"
        name = ["", ""] if blind else [one.name, one.email]
        note = 'He said "1,5", then\nleft' if one.number == 5 else ""
        times = ["Monday, 23 November 2026, 1:02 AM", "-"]
        rows.append([f"{word}{one.moodle}", *name, "Submitted for grading", new, most, "Yes", *times, note])
    return ("\ufeff" + table(rows, separator, "\n", always=language == "de")).encode()


def course(root: Path, settings: str = "") -> Assignment:
    """A course with nothing but the settings of one assignment."""
    folder = root / "assignments" / "digits"
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(f'title = "{TITLE}"\n{settings}', encoding="utf-8")
    return Assignment(root, "digits")


def graded(assignment: Assignment, submissions: Path, folder: Path, people: Roster) -> HandIns:
    """Made-up grades of all that was handed in, kept as `autograder grade` keeps them."""
    collected = hand_ins.collect(submissions, roster=people.names, assignment="digits")
    unresolved = tuple((one.submission, one.sentence) for one in collected.unresolved)
    given = HandIns("digits", FULL.fingerprint, collected.submissions, unresolved, collected.lms)
    folder.mkdir()
    record.write(given, folder)
    with Ledger.open(folder / "ledger.db") as ledger:
        for one in given.submissions:
            ledger.add(_grade(one.student, one.sha256))
    return given


def _grade(student: str, sha256: str) -> Grade:
    someone = next(one for one in CLASS if one.student == student)
    row = replace(FULL, student=student, sha256=sha256, points=points_of(someone), max_points=20.0)
    refused = {UNREADABLE: RunStatus.UNREADABLE, NEEDS_HUMAN: RunStatus.NEEDS_HUMAN}.get(someone.number)
    return replace(row, status=refused, points=None, checks=(), reason="See the file.") if refused else row
