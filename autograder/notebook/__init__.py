"""A student's notebook: from untrusted bytes to a script that is fit to run.

`parse` reads the bytes, whatever program wrote them. `restore` finds the release's cells again, puts the answers back
among the instructor's cells and says what it mended. `written_answers` gives the text that a person must read,
`work_in` tells a notebook of this assignment from others; `thinned` leaves out what the release has too. Cells
run in the student's order; of a name defined twice the last counts, as in Python. So only a few decisions are left:
which cells do not run (untouched copies, checks, demos) and which stubs nobody attempted. Where such a decision is not
certain, a person must take it.
"""

from __future__ import annotations

from autograder.notebook.prose import written_answers
from autograder.notebook.reading import DEFAULT_CAPS, Caps, parse
from autograder.notebook.restoring import restore, work_in
from autograder.notebook.thinning import filled, thinned

__all__ = ["DEFAULT_CAPS", "Caps", "filled", "parse", "restore", "thinned", "work_in", "written_answers"]
