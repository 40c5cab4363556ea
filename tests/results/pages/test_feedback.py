"""A student's page: all that helps, nothing hidden, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sample_grades import (
    CHECKS,
    CLASS,
    ERRED,
    FULL,
    HINTS,
    HOSTILE,
    PARTLY,
    SECRET,
    SHOWS_UP,
    UNREADABLE,
    UNTOUCHED,
    failed,
    grade_for,
    hostile,
)

from autograder.checks.hints import Hint
from autograder.core.decision import Hand
from autograder.core.model import Exhibit, Grade, Picture, RunStatus
from autograder.grading import decisions
from autograder.results.late import Part, Total
from autograder.results.pages import feedback

CHROMIUM = Path("/usr/bin/chromium")


def page(grade: Grade, **facts: Any) -> str:
    return feedback.page(grade, title="Digit recognition with PyTorch", hints=HINTS, **facts)


def tree(text: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    return root


def shape(element: Element) -> Iterator[tuple[str, frozenset[str]]]:
    return ((each.tag, frozenset(each.attrib)) for each in element.iter() if isinstance(each.tag, str))


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def body(grade: Grade, **facts: Any) -> str:
    found = tree(page(grade, **facts)).find("body")
    assert found is not None
    return words(found)


@pytest.mark.parametrize("grade", CLASS, ids=lambda grade: grade.student)
def test_every_page_is_valid_and_told_in_one_heading(grade: Grade) -> None:
    root = tree(page(grade))
    assert [words(each) for each in root.iter("h1")] == ["Digit recognition with PyTorch"]
    assert root.attrib["lang"] == "en"
    assert all(table.find("caption") is not None for table in root.iter("table"))


def test_points_status_and_points_of_each_stub_are_told() -> None:
    text = body(PARTLY)
    assert "3.5 of 8 points" in text
    assert "model 2 4 Scores are raw, not probabilities: not yet right" in text
    assert "train 0.5 3 The loss falls while training: not yet right whole 1 1" in text
    assert feedback.STATUS[RunStatus.REPAIRED] in text
    assert "Cell 7 had lost its nbgrader metadata" in text


BEST = Exhibit(
    "Your network read 712 of 800 digits.", pictures=(Picture("a 4, read as 9", 4, "00ff00ff" * 4),), best=True
)


def with_best(grade: Grade) -> Grade:
    """The grade, its last check (a hidden one) showing the best, and something else that is not for students."""
    *others, last = grade.checks
    secret = Exhibit(SECRET, curve=(1.0, 2.0))
    return replace(grade, checks=(*others, replace(last, exhibits=(secret, BEST))))


def test_the_best_is_told_first_even_of_a_hidden_check_and_its_secrets_are_not() -> None:
    text = body(with_best(PARTLY))
    assert text.index("Your network read 712 of 800 digits.") < text.index("3.5 of 8 points")
    assert "a 4, read as 9" in text
    assert SECRET not in page(with_best(PARTLY))
    assert "Everything works. Your network read 712 of 800 digits." in body(with_best(FULL))
    assert "3 of 5 checks pass." in body(PARTLY)
    assert "checks pass" not in body(UNTOUCHED)


def test_the_next_goal_is_the_first_check_whose_points_can_be_won() -> None:
    assert "Next goal, in model: Scores are raw, not probabilities. It is worth 2 points. CrossEntropyLoss" in body(
        PARTLY
    )
    assert "Next goal: model. Write the cell that begins with # YOUR TURN: model" in body(UNTOUCHED)
    assert "Next goal: nothing is left to mend." in body(FULL)
    assert "Next goal" not in body(ERRED)


def test_who_has_all_but_an_answer_in_words_is_told_of_it() -> None:
    most = Total(8.0, 10.0, False, (Part("misread", 0.0, 2.0),))
    text = body(FULL, total=most)
    assert "misread 0 2 not written yet" in text
    assert "Next goal: misread, your answer in words. It is worth 2 points, and a person reads it." in text
    assert "nothing is left" not in text


def test_a_part_of_which_all_is_alike_is_folded() -> None:
    folded = {grade.student: [words(each) for each in tree(page(grade)).iter("summary")] for grade in (FULL, UNTOUCHED)}
    assert folded["ada"][:2] == ["model: all pass 4 of 4 points", "train: all pass 3 of 3 points"]
    assert folded["carl"][:1] == ["whole: not written yet 0 of 1 points"]
    assert "whole: all pass 1 of 1 points" in [words(each) for each in tree(page(PARTLY)).iter("summary")]
    quiet = replace(UNTOUCHED, checks=tuple(replace(each, message="") for each in UNTOUCHED.checks))
    assert "model: not written yet 0 of 4 points" in [words(each) for each in tree(page(quiet)).iter("summary")]


def test_the_time_of_hand_in_stands_on_top() -> None:
    text = body(PARTLY, received=datetime(2030, 5, 4, 23, 59, tzinfo=UTC))
    assert text.index("You handed it in on 04 May 2030 at 23:59 UTC") < text.index("Points for each part")


def test_what_to_do_stands_first_and_its_code_is_code() -> None:
    hints = {"one": Hint("one", "model", "Call `flatten(1)` first.", "points", "?")}
    grade = grade_for("x", failed(CHECKS[0], "It got `(2, 10)`.\nCall `flatten(1)` first.", "one"))
    text = feedback.page(grade, title="Digits", hints=hints)
    assert '<p class="act">Call <code>flatten(1)</code> first.</p><div class="facts">It got `(2, 10)`.</div>' in text


def test_equal_messages_of_a_part_are_told_once() -> None:
    twice = [failed(check, "forward raised ValueError.") for check in (CHECKS[2], CHECKS[3])]
    text = body(grade_for("x", *twice))
    assert text.count("forward raised ValueError.") == 1
    assert "The same as above." in text


def test_what_is_to_be_done_is_told_once_for_each_part() -> None:
    hints = {"one": Hint("one", "train", "Call step.", "points", "?")}
    twice = [failed(check, f"Got {check.name}.\nCall step.", "one") for check in (CHECKS[2], CHECKS[3])]
    text = words(tree(feedback.page(grade_for("x", *twice), title="Digits", hints=hints)))
    assert text.count("Call step.") == 2  # as the next goal, and where it failed first
    assert "Probably for the same reason as above." in text


def test_failed_checks_are_headings_with_message_and_hint() -> None:
    root = tree(page(PARTLY))
    assert [words(each) for each in root.iter("h3")] == [
        "Failed: Scores are raw, not probabilities (hidden check)",
        "Failed: The loss falls while training",
    ]
    assert "The loss on 32 digits went from 2.31 to 2.30" in words(root)


def test_hidden_checks_tell_title_points_and_hint_alone() -> None:
    assert SECRET not in page(PARTLY) + page(ERRED)
    assert "CrossEntropyLoss applies softmax itself: return the raw scores." in body(PARTLY)


def test_what_a_person_decided_is_told_with_the_reason_and_what_still_costs_points() -> None:
    hand = Hand("mia", datetime(2026, 11, 30, 12, 5, tzinfo=UTC), "A <slip> in one line.")
    half = decisions.counted([PARTLY], [decisions.mark(PARTLY, "test_scores_are_raw", 1.5, hand)])[0]
    assert "5 of 8 points" in body(half)
    assert "Marked by a person: Scores are raw, not probabilities (hidden check) 1.5 of 2" in body(half)
    assert "gave 1.5 of 2 points: A <slip> in one line." in body(half)
    assert "return the raw scores." in body(half)
    assert SECRET not in page(half)
    full = decisions.counted([PARTLY], [decisions.mark(PARTLY, "test_scores_are_raw", 2.0, hand)])[0]
    assert "gave 2 of 2 points: A <slip> in one line." in body(full)
    assert "return the raw scores." not in body(full)


def test_output_is_quoted_only_where_no_check_is_hidden() -> None:
    printed = "TOTAL 100/100\npoints: 8 of 8"
    public = tuple(replace(result, check=replace(result.check, hidden=False)) for result in PARTLY.checks)
    assert printed not in page(replace(PARTLY, printed=printed))
    root = tree(page(replace(PARTLY, checks=public, printed=printed)))
    assert [each.text for each in root.iter("pre")] == [printed]


def test_advice_stands_apart_and_costs_nothing() -> None:
    text = body(FULL)
    assert "Advice costs no points" in text
    assert "8 of 8 points" in text
    assert text.index("Two Conv2d layers") > text.index("Advice costs no points")


def test_what_was_not_judged_has_no_points_and_a_reason() -> None:
    assert "No points yet" in body(UNREADABLE)
    assert "The file is no notebook: it starts with %PDF." in body(UNREADABLE)
    assert "No points yet" in body(ERRED)


def test_the_receipt_names_file_time_versions_and_layers() -> None:
    when = datetime(2030, 5, 4, 23, 59, tzinfo=UTC)
    text = body(FULL, received=when, versions={"torch": "2.15.0"})
    receipt = text[text.index("Receipt") :]
    assert all(
        fact in receipt for fact in (FULL.sha256, "2030-05-04 23:59:00 UTC", "torch 2.15.0", "landlock, seccomp")
    )


def test_every_status_has_a_sentence() -> None:
    assert feedback.STATUS.keys() == set(RunStatus)


def test_no_page_asks_for_anything_from_outside() -> None:
    root = tree(page(PARTLY))
    policy = next(each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    links = [each.attrib[name] for each in root.iter() for name in ("src", "href") if name in each.attrib]
    assert all(link.startswith(("#part-", "data:,", "data:image/png;base64,")) for link in links)
    assert not list(root.iter("script"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    assert list(shape(tree(page(hostile(text))))) == list(shape(tree(page(hostile("harmless")))))


def test_every_student_has_a_page_in_the_folder_and_none_outside(tmp_path: Path) -> None:
    grades = [FULL, *map(hostile, HOSTILE)]
    pages = feedback.write(map(feedback.Sheet, grades), tmp_path / "feedback", title="Digits", hints=HINTS)
    assert pages["ada"] == tmp_path / "feedback" / "ada.html"
    assert set(pages) == {grade.student for grade in grades}
    assert sorted((tmp_path / "feedback").iterdir()) == sorted(pages.values())
    assert len(set(pages.values())) == len(grades)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_a_browser_runs_nothing_of_a_hostile_page(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    pages = feedback.write(map(feedback.Sheet, map(hostile, HOSTILE)), tmp_path, title="Digits", hints=HINTS)
    alarms: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: alarms.append(dialog.message))
        tab.on("console", lambda message: alarms.append(message.text))
        tab.on(
            "request",
            lambda request: alarms.extend([] if request.url.startswith(("file:", "data:")) else [request.url]),
        )
        for path in pages.values():
            tab.goto(path.as_uri())
            tab.mouse.move(200, 200)
            alarms += [SHOWS_UP] if tab.title() == SHOWS_UP else []
        browser.close()
    assert not alarms


def test_checks_that_hold_no_points_divide_by_nothing() -> None:
    free = tuple(replace(result, check=replace(result.check, points=0.0)) for result in FULL.checks)
    assert "0 of 0 points" in body(replace(FULL, checks=free, points=0.0, max_points=0.0))


def test_a_reason_comes_first_and_nobody_is_told_to_do_nothing_beside_it() -> None:
    waits = replace(FULL, checks=(), points=None, status=RunStatus.NEEDS_HUMAN)
    told = body(replace(waits, reason="This looks like another notebook. Hand in the course's one."))
    assert told.index("another notebook") < told.index("A person has to look at")
    assert "You need not do anything" not in told
    assert "You need not do anything" in body(waits)
