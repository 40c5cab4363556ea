"""Grades for tests: an ordinary class, and one student whose every text is an attack."""

from __future__ import annotations

from dataclasses import replace

from autograder.checks.hints import Hint
from autograder.core.model import Advice, Check, CheckResult, Exhibit, Grade, Outcome, Picture, Repair, RunStatus

SHOWS_UP = "canary-alert"
HOSTILE = (
    f"<script>document.title='{SHOWS_UP}'</script>",
    f"<img src=x onerror=\"document.title='{SHOWS_UP}'\">",
    f"<svg onload=document.title='{SHOWS_UP}'><a href='javascript:alert(1)'>x</a>",
    f'"><b onmouseover="document.title=\'{SHOWS_UP}\'">',
    "</pre></div></td></table><h1>20 of 20</h1>",
    "[click](javascript:alert(1)) **bold** `code`",
    "{{ grade.seed }} {% raw %}",
    '=HYPERLINK("http://x.invalid")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    'a;=1+1;"b"',
    'quote " and, comma\nnew line',
    "'; DROP TABLE grades; --",
    "TOTAL 100/100\n</testsuite><testcase name='x'/>",
    '{"student": "x", "points": 20}',
    "\u202etxt.exe\u2066 \u200bzero\u200d \x1b[31mred\x07",
    "lone \ud800 surrogate, \ufffe, \x00",
    "../../etc/passwd",
)

HINTS = {
    "softmax-before-cross-entropy": Hint(
        id="softmax-before-cross-entropy",
        stub="model",
        text="CrossEntropyLoss applies softmax itself: return the raw scores.",
        costs="points",
        nudge="Look at what forward returns.",
    ),
    "uses-convolution": Hint(
        id="uses-convolution", stub="model", text="A linear model is enough.", costs="advice", nudge="Look again."
    ),
}

CHECKS = (
    Check("test_scores_have_ten_columns", "model", 2.0, "Scores have the shape (B, 10)"),
    Check("test_scores_are_raw", "model", 2.0, "Scores are raw, not probabilities", hidden=True),
    Check("test_loss_falls", "train", 2.5, "The loss falls while training"),
    Check("test_one_number_per_epoch", "train", 0.5, "One loss per epoch is returned"),
    Check("test_unseen_digits", "whole", 1.0, "Trained by your code, the model reads unseen digits", hidden=True),
)
EXHIBIT = Exhibit(
    "The losses that your train returned",
    curve=(2.4, 1.1, 0.6),
    lines=(("a guess: 2.303", 2.303),),
    pictures=(Picture("a 1, read as 7", 4, "00ff00ff" * 4),),
)
SECRET = "expected 0.61803 of hidden digits"


def passed(check: Check, *advice: Advice) -> CheckResult:
    return CheckResult(check, Outcome.PASSED, advice=advice, seconds=0.25, exhibits=() if check.hidden else (EXHIBIT,))


def failed(check: Check, message: str = "", hint: str | None = None) -> CheckResult:
    return CheckResult(check, Outcome.FAILED, hint, message, seconds=0.5)


def grade_for(student: str, *results: CheckResult, status: RunStatus = RunStatus.GRADED) -> Grade:
    """A judged grade: the checks without a result passed."""
    by_name = {result.check.name: result for result in results}
    checks = tuple(by_name.get(check.name, passed(check)) for check in CHECKS)
    return Grade(
        student=student,
        assignment="digits",
        fingerprint="f" * 64,
        sha256="5" * 64,
        status=status,
        points=sum(result.points for result in checks),
        max_points=8.0,
        seed=20,
        checks=checks,
        seconds=4.25,
        cpu_seconds=3.5,
        sandbox=("namespaces", "landlock", "seccomp", "rlimits"),
    )


def unjudged(student: str, status: RunStatus, reason: str) -> Grade:
    """A grade without points: nothing was run."""
    return replace(grade_for(student), status=status, points=None, checks=(), reason=reason, sandbox=())


FULL = grade_for("ada", passed(CHECKS[0], Advice("uses-convolution", "Two Conv2d layers. A linear model is enough.")))
PARTLY = replace(
    grade_for(
        "bela",
        failed(CHECKS[1], SECRET, "softmax-before-cross-entropy"),
        failed(
            CHECKS[2],
            "The loss on 32 digits went from 2.31 to 2.30; it should fall by 10 %.\n"
            "Call optimizer.step() after loss.backward().\nThe line:     loss.backward()",
        ),
    ),
    status=RunStatus.REPAIRED,
    repairs=(Repair("Cell 7 had lost its nbgrader metadata; it was found by its text marker."),),
    reason="The notebook was mended before it was graded.",
)
UNTOUCHED = replace(
    grade_for("carl", *(CheckResult(check, Outcome.NOT_ATTEMPTED, message="Not written yet.") for check in CHECKS)),
    seed=3,
)
ERRED = replace(
    grade_for("dora", CheckResult(CHECKS[1], Outcome.ERROR, message=SECRET), status=RunStatus.NEEDS_HUMAN),
    points=None,
    reason=f"The grader could not judge the check test_scores_are_raw: {SECRET}",
)
UNREADABLE = unjudged("emil", RunStatus.UNREADABLE, "The file is no notebook: it starts with %PDF.")
CLASS = (FULL, PARTLY, UNTOUCHED, ERRED, UNREADABLE)


def hostile(text: str) -> Grade:
    """A grade in which everything that a student can influence is `text`."""
    results = [
        CheckResult(replace(check, hidden=False), Outcome.FAILED, text, text, (Advice(text, text),)) for check in CHECKS
    ]
    return replace(grade_for(text, *results), repairs=(Repair(text),), reason=text, printed=text)
