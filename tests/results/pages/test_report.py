"""The class report tells how the class did, in a page that runs nothing but its own sorting."""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from class_of_200 import HELD, LATE, made_class
from rich.console import Console
from sample_grades import (
    CHECKS,
    CLASS,
    FULL,
    HINTS,
    HOSTILE,
    PARTLY,
    SECRET,
    SHOWS_UP,
    UNREADABLE,
    failed,
    grade_for,
    hostile,
)

from autograder.core.model import Grade, Weighed
from autograder.grading import scoring
from autograder.results.pages import report
from autograder.results.pages.item_analysis import items_of
from autograder.results.pages.report import Bin, Mistake

CHROMIUM = Path("/usr/bin/chromium")


def tree(*grades: Grade) -> Element:
    page = report.page(grades, title="Digit recognition with PyTorch", hints=HINTS)
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def shape(element: Element) -> Iterator[tuple[str, frozenset[str]]]:
    return ((each.tag, frozenset(each.attrib)) for each in element.iter() if isinstance(each.tag, str))


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def section(root: Element, label: str) -> str:
    return next(words(each) for each in root.iter("section") if each.attrib.get("aria-labelledby") == label)


def test_the_histogram_counts_judged_submissions() -> None:
    bins = report.histogram(CLASS)
    assert [each.label for each in bins] == ["0", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert [each.count for each in bins] == [1, 0, 0, 1, 0, 0, 0, 0, 1]
    assert report.histogram([UNREADABLE]) == []


def test_many_points_share_bars() -> None:
    bins = report.histogram(
        [replace(FULL, points=99.5, max_points=100.0), replace(FULL, points=100.0, max_points=100.0)]
    )
    assert bins[-2:] == [Bin("95–99", 1), Bin("100", 1)]
    assert len(bins) == 21


def test_stubs_and_checks_are_averaged_over_judged_submissions() -> None:
    means = [(stub.name, round(stub.mean, 2), stub.max_points) for stub in report.stub_means(CLASS)]
    assert means == [("model", 2.0, 4.0), ("train", 1.17, 3.0), ("whole", 0.67, 1.0)]
    hardest = min(items_of(CLASS), key=lambda item: item.passed)
    assert (hardest.check.title, round(hardest.passed, 2)) == ("Scores are raw, not probabilities", 0.33)


def test_mistakes_are_counted_once_per_student_commonest_first() -> None:
    text = "CrossEntropyLoss applies softmax itself: return the raw scores."
    assert report.mistakes([*CLASS, replace(PARTLY, student="eve")], HINTS) == [
        Mistake("softmax-before-cross-entropy", text, 2, False, SECRET),
        Mistake("uses-convolution", "A linear model is enough.", 1, True),
    ]


def test_the_page_tells_who_needs_a_person_and_what_was_mended() -> None:
    root = tree(*CLASS)
    assert "emil unreadable The file is no notebook" in section(root, "waiting")
    assert "bela Cell 7 had lost its nbgrader metadata" in section(root, "repaired")
    assert "carl graded 0 0 0 0 4.2" in section(root, "class")


def test_students_of_whom_the_same_is_to_be_said_share_a_row() -> None:
    many = [replace(UNREADABLE, student=f"u{number}") for number in range(35)]
    root = tree(FULL, *many, replace(UNREADABLE, student="other", reason="It is empty."))
    (waiting,) = [each for each in root.iter("section") if each.attrib.get("aria-labelledby") == "waiting"]
    rows = [words(row) for row in waiting.iter("tr")][1:]
    assert [len(list(row.iter("a"))) for row in waiting.iter("tr")][1:] == [35, 1]
    assert rows[0].startswith("35 students u0 , u1 ,")
    assert rows[1] == "other unreadable It is empty."


def test_failed_checks_lead_to_those_who_failed_them() -> None:
    root = tree(*CLASS)
    (checks,) = [each for each in root.iter("section") if each.attrib.get("aria-labelledby") == "checks"]
    (row,) = [row for row in checks.iter("tr") if "Scores are raw" in words(row)]
    places = {each.attrib["id"]: words(each[0]) for each in root.iter("tr") if "id" in each.attrib}
    assert [places[link.attrib["href"].removeprefix("#")] for link in row.iter("a")] == ["bela", "carl"]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_a_phone_shows_every_table_of_the_report_without_scrolling_sideways(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "report.html"
    report.write(made_class()[:60], path, title="Digits", hints=HINTS, late=LATE, held=HELD)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        tab.goto(path.as_uri())
        wider = tab.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.scroll')]"
            ".filter(each => each.scrollWidth > each.clientWidth).map(each => each.getAttribute('aria-labelledby'))"
        )
        browser.close()
    assert wider == []


def test_the_class_stands_in_the_order_of_student_id() -> None:
    rows = [row for row in tree(*CLASS[::-1]).iter("tr") if len(row) == 8]
    assert [words(row[0]) for row in rows[1:]] == ["ada", "bela", "carl", "dora", "emil"]


def test_a_class_in_which_nothing_was_judged_has_a_report() -> None:
    assert "0 of 1" in words(tree(UNREADABLE))
    assert "0 of 0" in words(tree())


def test_the_only_script_is_the_one_named_by_its_hash() -> None:
    root = tree(*CLASS)
    (script,) = root.iter("script")
    digest = base64.b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()
    policy = next(each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib)
    assert policy == (f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'")


def test_a_report_of_a_large_class_stays_small(tmp_path: Path) -> None:
    grades = [replace(PARTLY, student=f"student{number:04}") for number in range(1000)]
    report.write(grades, tmp_path / "report.html", title="Digits", hints=HINTS)
    assert (tmp_path / "report.html").stat().st_size < 3_000_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    friendly = hostile("friendly")
    assert list(shape(tree(friendly, hostile(text)))) == list(shape(tree(friendly, hostile("harmless"))))


def test_the_terminals_table_shows_hostile_text_in_its_own_row() -> None:
    console = Console(width=400, record=True, file=io.StringIO())
    grades = [FULL, *map(hostile, HOSTILE), hostile("[red]markup[/red]")]
    table = report.class_table(grades)
    console.print(table)
    text = console.export_text()
    assert table.row_count == len(grades)
    assert len(text.splitlines()) == len(grades) + 1
    assert "[red]markup[/red]" in text
    assert "\x1b[31m" not in text


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_a_browser_sorts_the_class_and_runs_nothing_hostile(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "report.html"
    grades = [replace(grade_for(f"s{points}"), points=float(points)) for points in (10, 9, 1)]
    report.write([*grades, *map(hostile, HOSTILE)], path, title="Digits", hints=HINTS)
    alarms: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: alarms.append(dialog.message))
        tab.on("console", lambda message: alarms.append(message.text))
        tab.goto(path.as_uri())
        for _ in range(2):
            tab.get_by_role("button", name="Points").click()
        names = tab.locator("section[aria-labelledby=class] tbody th").all_inner_texts()
        title = tab.title()
        browser.close()
    assert names[:3] == ["s10", "s9", "s1"]
    assert not alarms
    assert title != SHOWS_UP


def test_a_report_without_names_names_nobody() -> None:
    grades = made_class()
    page = report.page(grades, title="Digits", hints=HINTS, late=LATE, held=HELD, names={})
    named = [grade.student for grade in grades if html.escape(grade.student) in page]
    assert named == []
    assert "student 001" in page
    assert page.count("held back</span>") == len(HELD)


def test_the_order_of_an_anonymous_class_says_nothing_of_the_names() -> None:
    grades = made_class()
    shown = report.page(grades, title="Digits", hints=HINTS, names={})
    assert shown == report.page(grades[::-1], title="Digits", hints=HINTS, names={})
    points = [grade.points for grade in sorted(grades, key=lambda grade: grade.student)]
    rows = [row for row in html5lib.parse(shown, namespaceHTMLElements=False).iter("tr") if len(row) == 8][1:]
    assert [words(row[2]) for row in rows] != [scoring.number(each) for each in points]


def test_what_is_late_or_held_back_is_marked() -> None:
    page = report.page(CLASS, title="Digits", hints=HINTS, late={"bela": "1 day late."}, held={"ada"})
    root = html5lib.parse(page, namespaceHTMLElements=False)
    assert "bela 1 day late." in section(root, "late")
    assert "ada graded held back" in section(root, "class")
    assert "bela graded-after-repair late" in section(root, "class")


def test_the_numbers_that_decide_and_suspected_checks_are_shown() -> None:
    grades = [replace(grade_for(f"s{number}"), weighed=(Weighed("the accuracy", 0.9, 0.5),)) for number in range(6)]
    wronged = [grade_for(f"w{number}", failed(CHECKS[0], "got", "softmax-before-cross-entropy")) for number in range(4)]
    root = tree(*grades, *wronged)
    assert "the accuracy 90 % 90 % 90 % 50 % 0 of 6" in section(root, "spreads")
    assert "It alone fails 4 of the 10 notebooks" in section(root, "suspected")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_the_report_of_a_class_of_200_is_small_closed_and_accessible(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = tmp_path / "report.html"
    report.write(made_class(), path, title="Digits", hints=HINTS, late=LATE, held=HELD)
    asked: list[str] = []
    found: dict[str, list[str]] = {}
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            tab = browser.new_page(color_scheme=scheme, bypass_csp=True)
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto(path.as_uri())
            answer = axe.run(tab).response
            found[scheme] = [f"{each['id']}: {each['nodes'][0]['html']}" for each in answer["violations"]]
        tab = browser.new_page()
        tab.goto(path.as_uri())
        tab.get_by_role("searchbox").fill("held")
        left = tab.locator("#rows tr:visible th").all_inner_texts()
        told = tab.get_by_role("status").inner_text()
        browser.close()
    assert path.stat().st_size < 3_000_000
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
    assert found == {"light": [], "dark": []}
    assert (sorted(left), told) == (sorted(HELD), "2 of 200 are shown.")


def test_students_are_called_by_the_names_given_and_the_rest_by_numbers() -> None:
    grades = [replace(FULL, student=name) for name in ("ada", "bela")]
    shown = report.page(grades, title="Digits", hints=HINTS, names={"ada": "Submission #7"})
    assert ">Submission #7<" in shown
    assert ">student " in shown
    assert ">ada<" not in shown
    assert ">bela<" not in shown
