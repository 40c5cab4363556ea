"""`nbgrader export` in a folder of results: its table has no points where nothing could be judged."""

from __future__ import annotations

from pathlib import Path

from nbgrader import api
from nbgrader.plugins.export import CsvExportPlugin

from autograder.core import whole_file
from autograder.results import gradebook
from autograder.results.late import Total


class Export(CsvExportPlugin):  # type: ignore[misc]  # nbgrader tells no types
    """nbgrader's own table, empty where nothing could be judged: nbgrader itself writes 0 there."""

    def export(self, book: api.Gradebook) -> None:
        """Write the table. Without --to it is called as nbgrader calls it."""
        super().export(book)
        totals = {one.name: gradebook.totals_in(book.db, one.name) for one in book.assignments}
        path = Path(self.to or "grades.csv")
        header, *lines, end = path.read_text(encoding="locale").split("\n")
        whole_file.write(path, "\n".join([header, *(_told(line, totals) for line in lines), end]))


def _told(line: str, totals: dict[str, dict[str, Total]]) -> str:
    """A line that ends in raw score, penalty, score, maximum; nbgrader puts no quotes, and only names hold commas."""
    assignment, _, _, student, *_ = line.split(",")
    start, raw, penalty, score, most = line.rsplit(",", 4)
    total = totals[assignment].get(student)
    if total and total.is_unjudged:
        raw = score = ""
    return ",".join([start, raw, penalty, score, most])
