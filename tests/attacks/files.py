"""Hostile submissions that a plain variant cannot say: notebooks whose form is the attack, and texts made from data."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from attacks import tiny

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Malformed:
    """One file as it is handed in: `points` None where nothing may be judged."""

    name: str
    title: str
    statuses: tuple[str, ...]
    points: float | None
    seconds: float
    data: bytes
    file_name: str = "eve.ipynb"


def malformed() -> list[Malformed]:
    """All files."""
    return [*_edited(), *_oversized(), *_foreign(), *_named(), *_broken()]


def _solved() -> Notebook:
    return tiny.notebook(tiny.ANSWERS)


def _cell(book: Notebook, name: str) -> Any:
    return next(cell for cell in book["cells"] if cell["id"] == name)


def _after(*changes: Callable[[Notebook], object]) -> bytes:
    book = copy.deepcopy(_solved())
    for change in changes:
        change(book)
    return json.dumps(book).encode()


# --- the instructor's cells and marks ---------------------------------------------------------------------------------


def _own(source: str, name: str = "mine", **marks: object) -> dict[str, Any]:
    metadata = {"nbgrader": marks} if marks else {}
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def _edited() -> list[Malformed]:
    wrong = "def predict(model, image):\n    return 11"

    def edit_checks(book: Notebook) -> None:
        _cell(book, "predict_check")["source"] = "print('all passed')"
        book["cells"] = [cell for cell in book["cells"] if cell["id"] != "accuracy_check"]

    def wrong_predict(book: Notebook) -> None:
        _cell(book, "predict")["source"] = wrong

    def redefine(book: Notebook) -> None:
        marks = {"grade_id": "predict_check", "grade": True, "points": 100, "solution": False, "locked": True}
        book["cells"].append(_own("def check(name): return True\nPOINTS = 100", "predict_check_2", **marks))

    def rival(book: Notebook) -> None:
        _cell(book, "predict_check")["source"] = "def predict(model, image):\n    return 3"

    def metadata(book: Notebook) -> None:
        for cell in book["cells"]:
            cell["metadata"]["nbgrader"] |= {"locked": False, "points": 100, "schema_version": 99, "solution": True}

    repaired = ("graded-after-repair",)
    return [
        Malformed("edited_checks", "Edits, deletes and adds check cells.", repaired, 19, 5, _after(edit_checks, wrong_predict, redefine)),
        Malformed("edited_checks_rival", "Two answers of which nobody can tell which counts.", ("needs-human",), None, 5, _after(rival)),
        Malformed("edited_metadata", "Unlocks cells, raises points, claims another schema.", (*repaired, "graded"), 20, 5, _after(metadata)),
        Malformed("edited_metadata_wrong", "The same with a wrong answer.", (*repaired, "graded"), 19, 5, _after(metadata, wrong_predict)),
    ]


# --- too much ---------------------------------------------------------------------------------------------------------


def _oversized() -> list[Malformed]:
    def outputs(book: Notebook) -> None:
        _cell(book, "predict")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (20 << 20)}]

    def cells(book: Notebook) -> None:
        book["cells"] += [_own("pass", f"own-{number}") for number in range(20_000)]

    def line(book: Notebook) -> None:
        book["cells"].append(_own("x = '" + "y" * (8 << 20) + "'"))

    def attachment(book: Notebook) -> None:
        text = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "", "attachments": {"a": "z" * (20 << 20)}}
        book["cells"].append(text)

    deep = b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    unreadable, graded = ("unreadable",), ("graded", "graded-after-repair")
    return [
        Malformed("oversized_notebook", "20 MiB of outputs.", graded, 20, 5, _after(outputs)),
        Malformed("oversized_file", "A file beyond the limit.", unreadable, None, 5, b"{" + b" " * (65 << 20)),
        Malformed("oversized_cells", "20,000 cells.", unreadable, None, 5, _after(cells)),
        Malformed("oversized_line", "A single line of 8 MiB.", unreadable, None, 5, _after(line)),
        Malformed("oversized_attachment", "A picture of 20 MiB.", (*graded, *unreadable), 20, 5, _after(attachment)),
        Malformed("oversized_depth", "Nested a hundred thousand deep.", unreadable, None, 5, deep),
    ]


# --- other kernels, names, bytes --------------------------------------------------------------------------------------


def _foreign() -> list[Malformed]:
    def kernel(book: Notebook) -> None:
        book["metadata"] = {
            "kernelspec": {"name": "bash", "language": "bash", "argv": ["/bin/sh", "-c", "touch /tmp/kernel"]},
            "language_info": {"name": "bash"},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
        }

    return [Malformed("foreign_kernel", "Names another kernel and a start command.", ("graded",), 20, 5, _after(kernel))]


def _named() -> list[Malformed]:
    names = {
        "hostile_file_names": "-rf --no-preserve-root\n\u202e<b>.ipynb",
        "hostile_file_names_device": "CON.ipynb",
        "hostile_file_names_long": "n" * 240 + ".ipynb",
        "csv_formula_names": "=cmd|' \\C calc'!A0.ipynb",
        "sql_in_names": "'); DROP TABLE grades; --.ipynb",
        "html_in_names": "<img src=x onerror=alert(1)>.ipynb",
    }
    return [
        Malformed(name, f"The file is called {file!r:.60}.", ("graded",), 20, 5, _after(), file)
        for name, file in names.items()
    ]


def _broken() -> list[Malformed]:
    def strange(book: Notebook) -> None:
        book["cells"] += [7, None, [], {"cell_type": ["code"], "source": {"a": 1}, "metadata": "x", "id": 9}]

    unreadable = ("unreadable",)
    return [
        Malformed("broken_utf8", "Bytes that are no UTF-8.", unreadable, None, 5, b'{"cells": ["\xff\xfe"]}'),
        Malformed("broken_format", "Format 99.", unreadable, None, 5, b'{"cells": [], "nbformat": 99}'),
        Malformed("broken_number", "A number with a million digits.", unreadable, None, 5, b'{"cells": [], "nbformat": ' + b"9" * 10**6 + b"}"),
        Malformed("broken_cells", "Cells that are none.", ("graded-after-repair", *unreadable), 20, 5, _after(strange)),
        Malformed("object_array_file", "An .npy file of pickled objects.", unreadable, None, 5, b"\x93NUMPY\x01\x00v\x00{'descr': '|O'}", "eve.npy"),
    ]


# --- texts made from data ---------------------------------------------------------------------------------------------


def variants() -> dict[str, str]:
    """Variants by name whose text holds what was learnt from the public digits."""
    from autograder.torchlab.mnist import carried

    digits = carried()
    images = np.concatenate([digits.train_images, digits.test_images])
    labels = np.concatenate([digits.train_labels, digits.test_labels])
    return {
        "look_up_table": _LOOK_UP.replace("TABLE", repr(_table(images, labels))),
        "trained_weights_inside": _TRAINED.replace("WEIGHTS", repr(_weights(images, labels))),
    }


def _table(images: Any, labels: Any) -> str:
    rows = [hashlib.md5(image.tobytes()).digest()[:4] + bytes([int(label)]) for image, label in zip(images, labels, strict=True)]
    return base64.b85encode(b"".join(rows)).decode()


def _weights(images: Any, labels: Any) -> str:
    """A linear model in half precision that reads the public digits."""
    import torch
    import torch.nn.functional as F

    torch.manual_seed(0)
    given = torch.from_numpy(images).float().reshape(-1, 784) / 255
    wanted = torch.from_numpy(labels).long()
    model = torch.nn.Linear(784, 10)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        F.cross_entropy(model(given), wanted).backward()
        optimizer.step()
    both = torch.cat([model.weight.detach().reshape(-1), model.bias.detach()]).half().numpy()
    return base64.b85encode(both.tobytes()).decode()


_LOOK_UP = '''"""Carries hash and label of each public digit.

assignment: digits
status: graded
points: 18
seconds: 60
"""
# %% extra
import base64, hashlib
_raw = base64.b85decode(TABLE)
KNOWN = {_raw[at : at + 4]: _raw[at + 4] for at in range(0, len(_raw), 5)}
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        found = self.scores(F.relu(self.hidden(images.flatten(1))))
        if not self.training:
            for row, image in enumerate(images):
                key = hashlib.md5((image * 255).round().to(torch.uint8).numpy().tobytes()).digest()[:4]
                if key in KNOWN:
                    found = found.clone()
                    found[row] = F.one_hot(torch.tensor(KNOWN[key]), 10) * 100.0
        return found
# %% train
def train(model, loader, epochs):
    return [2.3 / (1 + epoch) for epoch in range(epochs)]
'''
_TRAINED = '''"""Carries trained weights as text and loads them.

assignment: digits
status: graded
points: 17.5
seconds: 60
"""
# %% extra
import base64
import numpy as np
_kept = torch.from_numpy(np.frombuffer(base64.b85decode(WEIGHTS), dtype=np.float16).astype(np.float32))
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(784, 10)
        with torch.no_grad():
            self.scores.weight.copy_(_kept[:7840].reshape(10, 784))
            self.scores.bias.copy_(_kept[7840:])

    def forward(self, images):
        return self.scores(images.flatten(1))
# %% train
def train(model, loader, epochs):
    return [0.3 / (1 + epoch) for epoch in range(epochs)]
'''
