"""A notebook on its way to another machine, without what the release, which is there already, holds too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def thinned(book: Mapping[str, Any], release: Mapping[str, Any]) -> dict[str, Any]:
    """The same notebook with a number in place of each text that a cell of the release has: which cell that is."""
    known = {text: number for number, text in enumerate(_texts(release))}
    return _with_sources(book, lambda source: known.get(source, source))


def filled(book: Mapping[str, Any], release: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook that was thinned with this release; one that was not stays as it is."""
    known = _texts(release)
    return _with_sources(book, lambda source: known[source] if isinstance(source, int) else source)


def _texts(release: Mapping[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in release["cells"]]


def _with_sources(book: Mapping[str, Any], other: Callable[[Any], Any]) -> dict[str, Any]:
    return {**book, "cells": [{**cell, "source": other(cell["source"])} for cell in book["cells"]]}
