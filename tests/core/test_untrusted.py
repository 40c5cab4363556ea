"""Untrusted text is harmless once it has passed through here."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import PurePath
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_grades import HOSTILE

from autograder.core import untrusted

ANY_TEXT = st.one_of(st.text(st.characters(exclude_categories=())), st.sampled_from(HOSTILE))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ✓ é 数字 🙂", "plain ✓ é 数字 🙂"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("Windows\r\nlines", "Windows\nlines"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("lone \ud800", "lone \\ud800"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("line\u2028break", "line\\u2028break"),
        ("back\rspace\x08", "back\\rspace\\x08"),
    ],
)
def test_what_hides_or_reorders_is_shown(text: str, shown: str) -> None:
    assert untrusted.visible(text) == shown


@given(ANY_TEXT)
def test_visible_text_holds_nothing_hiding_and_fits_utf8_and_xml(text: str) -> None:
    shown = untrusted.visible(text)
    assert {unicodedata.category(char) for char in shown if char not in "\n\t"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    element = ElementTree.Element("x")
    element.text = shown
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text == (shown or None)


@given(ANY_TEXT)
def test_visible_text_is_left_alone(text: str) -> None:
    assert untrusted.visible(untrusted.visible(text)) == untrusted.visible(text)


@given(ANY_TEXT)
def test_no_cell_is_a_formula_or_breaks_its_row(text: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([untrusted.csv_cell(text), "next"])
    assert len(file.getvalue().splitlines()) == 1
    cell, following = next(csv.reader([file.getvalue()]))
    assert following == "next"
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-1.5, -1.5),
        (0, 0),
        (None, ""),
        ("-1.5", "'-1.5"),
        ("=1+1", "'=1+1"),
        ("  @x", "'  @x"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; b - c = d", "a; b - c = d"),
        ("one\ntwo", "one\\ntwo"),
        ("", ""),
    ],
)
def test_numbers_stay_numbers_and_formulas_become_text(value: str | float | None, cell: str | float) -> None:
    assert untrusted.csv_cell(value) == cell


@given(ANY_TEXT)
def test_a_file_name_is_one_safe_part(text: str) -> None:
    name = untrusted.file_name(text)
    assert PurePath(f"/folder/{name}").parts == ("/", "folder", name)
    assert name.isascii()
    assert not name.startswith((".", "-", "+", "@", "="))
    assert 0 < len(name) <= 100


@given(ANY_TEXT, ANY_TEXT)
def test_different_texts_have_different_file_names(one: str, other: str) -> None:
    assert (untrusted.file_name(one).casefold() == untrusted.file_name(other).casefold()) == (one == other)


@pytest.mark.parametrize("name", ["", ".", "..", "con", "lpt1", "con.txt", "Ada", "x" * 300, "nul\0", "\ud800"])
def test_names_that_mean_something_elsewhere_are_changed(name: str) -> None:
    assert untrusted.file_name(name) not in {name, ""}


def test_an_ordinary_id_is_its_own_file_name() -> None:
    assert [untrusted.file_name(text) for text in ("ada", "s-01_b", "a@b.org")] == ["ada", "s-01_b", "a@b.org"]
