"""Each situation: the bytes that a student handed in, and what must come of them."""

from __future__ import annotations

import base64
import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from damaged import ANSWERS, EVERYTHING, NAMES, STUBS, Notebook, cell_of, damaged, index_of, own, release, written

COPIED, CHANGED = "stub-cell-copied", "test-cells-changed"


def laid_out(cells: str) -> tuple[str, ...]:
    """Names of cells: "5 dataset" stands for the fifth cell, "7" for a student's own, "restored imports" for ours."""
    return tuple(map(_cell_name, cells.split(", ")))


def _cell_name(cell: str) -> str:
    place, _, name = cell.partition(" ")
    where = "restored cell" if place == "restored" else f"cell {place}"
    return f"{where} ({name})" if name else where


AS_HANDED_OUT = laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict")


@dataclass(frozen=True)
class Situation:
    """`repairs` are (part of the sentence, hint) in order, all there are; `values` what the names give when called,
    where that is not "mine"; `names` the cells of the script, in the order in which they run."""

    name: str
    data: bytes
    repairs: tuple[tuple[str, str | None], ...] = ()
    untouched: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)
    unsure: str | None = None
    refused: str | None = None
    names: tuple[str, ...] = AS_HANDED_OUT


WITHOUT_MARK = ANSWERS["train"].replace("# YOUR TURN: train", "")

Damage = Callable[[Notebook], object]


def put(stub: str, source: str) -> Damage:
    return lambda book: cell_of(book, stub).update(source=source)


def delete(*names: str) -> Damage:
    def damage(book: Notebook) -> None:
        book["cells"] = [cell for cell in book["cells"] if cell["id"] not in names]

    return damage


def insert(before: str | None, *cells: dict[str, Any]) -> Damage:
    def damage(book: Notebook) -> None:
        at = len(book["cells"]) if before is None else index_of(book, before)
        book["cells"][at:at] = copy.deepcopy(list(cells))

    return damage


def move(name: str, before: str) -> Damage:
    def damage(book: Notebook) -> None:
        cell = book["cells"].pop(index_of(book, name))
        book["cells"].insert(index_of(book, before), cell)

    return damage


def duplicate(name: str, source: str, before: str | None = None, **keys: Any) -> Damage:
    """A copy with all metadata, as JupyterLab makes it, with a text of its own."""

    def damage(book: Notebook) -> None:
        copied = copy.deepcopy(cell_of(book, name)) | {"id": f"{name}-copy", "source": source} | keys
        insert(before, copied)(book)

    return damage


def strip(*names: str) -> Damage:
    """Takes the metadata of these cells away, or of all."""

    def damage(book: Notebook) -> None:
        for cell in book["cells"]:
            if not names or cell["id"] in names:
                cell["metadata"] = {}

    return damage


def forget_ids(book: Notebook) -> None:
    book["nbformat_minor"] = 4
    for cell in book["cells"]:
        del cell["id"]


def colab(book: Notebook) -> None:
    """What Colab saves: minor format 0, ids in the metadata, its own keys, a GPU."""
    book["nbformat_minor"] = 0
    book["metadata"] = {
        "accelerator": "GPU",
        "colab": {"provenance": [], "gpuType": "T4"},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    for cell in book["cells"]:
        cell["metadata"] |= {"id": cell.pop("id"), "outputId": "5e7f", "colab": {"base_uri": "https://localhost/"}}


def mark(name: str, **marks: Any) -> Damage:
    return lambda book: cell_of(book, name)["metadata"]["nbgrader"].update(marks)


def key(**keys: Any) -> Damage:
    return lambda book: book.update(keys)


def without_markers(book: Notebook) -> None:
    for cell in book["cells"]:
        cell["source"] = "\n".join(line for line in cell["source"].split("\n") if "YOUR TURN" not in line)


def retyped(sources: list[str]) -> bytes:
    """A new notebook with these code cells and nothing of the release."""
    return written(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [own(s, f"n{i}") for i, s in enumerate(sources)]}
    )


def old_format() -> bytes:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Digits"], "metadata": {}},
        *(
            {
                "cell_type": "code",
                "input": [text],
                "language": "python",
                "outputs": [],
                "metadata": {},
                "collapsed": False,
            }
            for text in ANSWERS.values()
        ),
    ]
    return written(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells, "metadata": {}}]}
    )


def with_outputs(book: Notebook) -> None:
    """Pictures, widgets and progress bars of 1 MiB, broken in every way that outputs can be."""
    picture = base64.b64encode(random.Random(7).randbytes(3 << 18)).decode()
    cell_of(book, "train")["outputs"] = [
        {"output_type": "display_data", "data": {"image/png": picture}},
        None,
        [[[[]]]],
    ]
    cell_of(book, "model")["outputs"] = [{"output_type": "stream", "text": ['"outputs": [{\n', "\\", "}]"]}] * 100
    cell_of(book, "predict").update(outputs={"nested": {"outputs": "x"}}, execution_count=7)
    cell_of(book, "story").update(attachments={"digit.png": {"image/png": picture[:4000]}})
    book["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"a": {"model_name": "x"}}}


def theirs(stub: str, word: str) -> str:
    return ANSWERS[stub].replace("mine", word)


def kept(change: Callable[[str], str | list[str]], *names: str) -> Damage:
    """The sources of these cells, or of all, as another program wrote them into the file."""

    def damage(book: Notebook) -> None:
        for cell in book["cells"]:
            if not names or cell["id"] in names:
                cell["source"] = change(cell["source"])

    return damage


def two_letters(source: str) -> str:
    return source.replace("\n", r"\n")


def escaped_as_json(source: str) -> str:
    return json.dumps(source)[1:-1]


LOST_LINES = r'def predict(model, image):\n    # it\'s "mine" # twice\n\treturn "predict mine".strip("\n")'
LOAD, MAKE = (f"def {part}" for part in ANSWERS["dataset"].split("def ")[1:])
ALL_IN_ONE = "import math\n" + "\n".join(ANSWERS.values())
UNTOUCHED = dict.fromkeys(NAMES, "NotImplementedError")
STRIPPED, MISSING, EDITED = "metadata were missing", "is missing", "differ from the release"
GONE = tuple(f"{stub}_check" for stub in STUBS)

HONEST = [
    Situation("filled in", damaged()),
    Situation("the release untouched", written(release()), untouched=EVERYTHING, values=UNTOUCHED),
    Situation(
        "only comments and spacing changed",
        damaged(answers={"train": STUBS["train"].replace("# TODO", "#  where do I begin?\n\n")}),
        untouched=EVERYTHING,
        values=UNTOUCHED,
    ),
    Situation(
        "one function of two",
        damaged(
            put("dataset", STUBS["dataset"].replace("raise NotImplementedError()", 'return "load_digits mine"', 1))
        ),
        values={"make_loader": "NotImplementedError"},
    ),
    Situation("saved by Colab", damaged(colab)),
    Situation("saved without cell ids in 4.4", damaged(forget_ids)),
    Situation("outputs of 1 MiB", damaged(with_outputs)),
    Situation("bytes begin with a BOM", b"\xef\xbb\xbf" + damaged()),
    Situation("lines as lists", damaged(put("train", ANSWERS["train"].splitlines(keepends=True)))),  # type: ignore[arg-type]
    Situation("Windows line ends", damaged(put("train", ANSWERS["train"].replace("\n", "\r\n")))),
    Situation("no kernel entry", damaged(key(metadata={}))),
    Situation("a foreign kernel", damaged(key(metadata={"kernelspec": {"name": "R", "argv": ["rm", "-rf"]}}))),
    Situation(
        "extra cells and demos played with",
        damaged(
            insert("train", own("helper = 3"), own("", "empty"), own("%pip install einops", "pip")),
            put("gallery", "# demo\nlosses = train(DigitClassifier(), None, 30)"),
            insert(None, own("# demo\nshow = train(DigitClassifier(), None, 9)", "demo-copy")),
        ),
        names=(
            "cell 2 (imports)",
            "cell 5 (dataset)",
            "cell 8 (model)",
            "cell 11",
            "cell 13",
            "cell 14 (train)",
            "cell 17 (accuracy)",
            "cell 20 (predict)",
        ),
    ),
    Situation("asks its own check again", damaged(insert(None, own('check("model")')))),
    Situation(
        "cells in another order",
        damaged(move("model", "dataset"), move("imports", "train")),
        names=(
            "cell 4 (model)",
            "cell 5 (dataset)",
            "cell 10 (imports)",
            "cell 11 (train)",
            "cell 14 (accuracy)",
            "cell 17 (predict)",
        ),
    ),
]

METADATA = [
    Situation("all metadata stripped", damaged(strip()), ((STRIPPED, None),)),
    Situation("metadata of one cell stripped", damaged(strip("train")), ((STRIPPED, None),)),
    Situation("metadata and ids stripped", damaged(strip(), forget_ids), ((STRIPPED, None),)),
    Situation(
        "metadata, ids and markers stripped",
        damaged(without_markers, strip(), forget_ids),
        (
            (STRIPPED, None),
            *((f"`{stub}` is missing; cell", None) for stub in STUBS),
        ),
    ),
    Situation("points and locks edited", damaged(mark("model_check", points=100, locked=False)), ((EDITED, None),)),
    Situation("another schema_version", damaged(mark("train", schema_version=9)), ((EDITED, None),)),
    Situation("an extra key", damaged(mark("train", cheat=True)), ((EDITED, None),)),
    Situation(
        "a role edited",
        damaged(lambda book: cell_of(book, "model_check")["metadata"].update(autograder={"role": "given"})),
        ((EDITED, None),),
    ),
    Situation("marks that are no marks", damaged(mark("train", grade_id=["x"])), ((EDITED, None),)),
    Situation(
        "marks on an own cell",
        damaged(insert(None, own("x = 1", metadata={"nbgrader": {"grade_id": "bonus", "points": 50}}))),
        ((EDITED, None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation(
        "grade ids of two stubs exchanged",
        damaged(mark("train", grade_id="model"), mark("model", grade_id="train")),
        ((EDITED, None),),
    ),
    Situation(
        "another part's work pasted over a stub, its first line kept",
        damaged(put("dataset", f"# YOUR TURN: dataset\nnumber = 1\n{WITHOUT_MARK}")),
        (("part `train` is there more than once (cells 5 and 11); cell 11 counts", COPIED),),
        values={"load_digits": "NameError", "make_loader": "NameError"},
    ),
    Situation(
        "a stub under a check's grade_id",
        damaged(mark("model", grade_id="model_check"), delete("model_check")),
        ((EDITED, None), ("model_check (deleted)", CHANGED)),
        names=laid_out("2 imports, 5 dataset, 8 model, 10 train, 13 accuracy, 16 predict"),
    ),
    Situation(
        "two cells with one id",
        damaged(insert(None, own("x = 1", "model"))),
        (("shared one cell id", None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation("ids although minor 0", damaged(key(nbformat_minor=0)), (("two minor formats", None),)),
    Situation("no ids although minor 5", damaged(forget_ids, key(nbformat_minor=5)), (("two minor formats", None),)),
    Situation(
        "ids in the metadata although minor 5", damaged(colab, key(nbformat_minor=5)), (("two minor formats", None),)
    ),
    Situation("no format named", damaged(lambda book: book.pop("nbformat")), (("did not say its format", None),)),
    Situation("format as text", damaged(key(nbformat="4")), (("format was written as text", None),)),
    Situation("minor format missing", damaged(key(nbformat_minor=None)), (("minor format", None),)),
    Situation(
        "the old format 3",
        old_format(),
        (
            ("old format 3", None),
            (STRIPPED, None),
            ("imports", None),
            ("(deleted)", CHANGED),
        ),
        values={"DigitClassifier": "DigitClassifier mine"},
        names=laid_out("restored imports, 2 dataset, 3 model, 4 train, 5 accuracy, 6 predict"),
    ),
    Situation(
        "cells without metadata and source",
        damaged(
            lambda book: cell_of(book, "train").pop("metadata"),
            insert(None, own(None, "own2")),
            insert(None, own({"a": 1})),
        ),
        (("without metadata", None), ("text of cell 21", None), ("text of cell 22", None), (STRIPPED, None)),
    ),
    Situation(
        "cells that are no cells", damaged(lambda book: book["cells"].insert(0, "cell")), (("is no cell", None),)
    ),
    Situation(
        "a cell of unknown type",
        damaged(lambda book: cell_of(book, "train").update(cell_type="kode")),
        (("did not say rightly", None),),
    ),
]

ANSWERED_ELSEWHERE = [
    Situation(
        "stub copied, the copy filled",
        damaged(put("train", STUBS["train"]), duplicate("train", theirs("train", "copy"))),
        (("more than once", COPIED),),
        values={"train": "train copy"},
        names=laid_out("2 imports, 5 dataset, 8 model, 14 accuracy, 17 predict, 21 train"),
    ),
    Situation(
        "stub copied, untouched copy below", damaged(duplicate("train", STUBS["train"])), (("more than once", COPIED),)
    ),
    Situation(
        "stub copied, both filled",
        damaged(duplicate("train", theirs("train", "second"))),
        (("cells 11 and 21); cell 21 counts", COPIED),),
        values={"train": "train second"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11, 14 accuracy, 17 predict, 21 train"),
    ),
    Situation(
        "stub copied with one id, both alike",
        damaged(duplicate("train", ANSWERS["train"], id="train")),
        (
            ("shared one cell id", None),
            ("more than once", COPIED),
        ),
        names=laid_out("2 imports, 5 dataset, 8 model, 11, 14 accuracy, 17 predict, 21 train"),
    ),
    Situation(
        "stub copied, nothing filled",
        damaged(put("train", STUBS["train"]), duplicate("train", STUBS["train"])),
        (("none of them", COPIED),),
        frozenset({"train"}),
        {"train": "NotImplementedError"},
    ),
    Situation(
        "answer in a new cell, stub untouched",
        damaged(put("model", STUBS["model"]), insert("train", own(theirs("model", "new").partition("\n")[2]))),
        (("`model` stands in cell 11", None),),
        values={"DigitClassifier": "DigitClassifier new"},
        names=laid_out("2 imports, 5 dataset, 11 model, 12 train, 15 accuracy, 18 predict"),
    ),
    Situation(
        "answer in a new cell above the untouched stub",
        damaged(put("model", STUBS["model"]), insert("dataset", own(ANSWERS["model"].partition("\n")[2]))),
        (("`model` stands in cell 5", None),),
        names=laid_out("2 imports, 5 model, 6 dataset, 12 train, 15 accuracy, 18 predict"),
    ),
    Situation(
        "stub cell deleted, answered elsewhere",
        damaged(delete("predict"), insert("setup", own(ANSWERS["predict"].partition("\n")[2]))),
        (("`predict` is missing; cell 3 answers it", None),),
        names=laid_out("2 imports, 3 predict, 6 dataset, 9 model, 12 train, 15 accuracy"),
    ),
    Situation(
        "stub cell deleted, no answer",
        damaged(delete("predict")),
        (("`predict` is missing, and no other cell defines `predict`", None),),
        frozenset({"predict"}),
        {"predict": "NameError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy"),
    ),
    Situation(
        "stub cell emptied",
        damaged(put("predict", "# nothing\n")),
        untouched=frozenset({"predict"}),
        values={"predict": "NameError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy"),
    ),
    Situation(
        "answered by an alias",
        damaged(
            put("predict", STUBS["predict"]),
            insert(None, own("def mine(model, image):\n    return 'predict mine'\npredict = mine")),
        ),
        (("`predict` stands in cell 21", None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21 predict"),
    ),
    Situation(
        "a number named like a function is no answer",
        damaged(put("accuracy", STUBS["accuracy"]), insert("accuracy", own("accuracy = 0.9"))),
        untouched=frozenset({"accuracy"}),
        values={"accuracy": "NotImplementedError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14, 15 accuracy, 18 predict"),
    ),
    Situation(
        "a network of another notebook beside an open part",
        damaged(put("predict", STUBS["predict"]), insert(None, own("class MLP:\n    layers = 3"))),
        (("outside the parts, in cell 21 (`MLP`); still as handed out: `predict`.", "work-outside-the-parts"),),
        untouched=frozenset({"predict"}),
        values={"predict": "NotImplementedError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation(
        "stub cell split in two",
        damaged(put("dataset", LOAD), duplicate("dataset", MAKE, "dataset_check")),
        (("was split (cells 5 and 6)", None),),
        names=laid_out("2 imports, 5 dataset, 6 dataset, 9 model, 12 train, 15 accuracy, 18 predict"),
    ),
    Situation(
        "stub split, second part without marks",
        damaged(put("dataset", LOAD), insert("model", own(MAKE))),
        (("`dataset` stands in cell 8", None),),
        names=laid_out("2 imports, 5 dataset, 8 dataset, 9 model, 12 train, 15 accuracy, 18 predict"),
    ),
    Situation(
        "written into a demo cell",
        damaged(put("train", STUBS["train"]), put("gallery", "# demo\n" + ANSWERS["train"])),
        (("`train` stands in cell 19", None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 14 accuracy, 17 predict, 19 train"),
    ),
    Situation(
        "written into a demo cell, stub filled too",
        damaged(put("gallery", theirs("train", "demo"))),
        (("`train`, defined there, is unknown", None),),
    ),
    Situation(
        "a helper in a demo cell",
        damaged(put("gallery", "# demo\ndef helper():\n    pass")),
        (("`helper`, defined there, is unknown", None),),
    ),
    Situation(
        "written into a check cell",
        damaged(put("train", STUBS["train"]), put("train_check", ANSWERS["train"])),
        (
            ("`train` stands in cell 12", None),
            ("train_check (edited)", CHANGED),
        ),
        names=laid_out("2 imports, 5 dataset, 8 model, 12 train, 14 accuracy, 17 predict"),
    ),
    Situation(
        "everything in one cell",
        retyped([ALL_IN_ONE]),
        (
            *((f"`{stub}` is missing; cell 1", None) for stub in STUBS),
            ("imports", None),
            ("(deleted)", CHANGED),
        ),
        names=("restored cell (imports)", "cell 1 (dataset)"),
    ),
    Situation(
        "cells merged into the first stub",
        damaged(delete(*list(STUBS)[1:]), put("dataset", ALL_IN_ONE)),
        tuple((f"`{stub}` is missing; cell 5", None) for stub in list(STUBS)[1:]),
        names=laid_out("2 imports, 5 dataset"),
    ),
    Situation(
        "everything in one cell, one function open",
        retyped(["\n".join((ANSWERS | {"predict": STUBS["predict"]}).values())]),
        (
            *((f"`{stub}` is missing; cell 1", None) for stub in list(STUBS)[:-1]),
            ("holds it as it was handed out", None),
            ("imports", None),
            ("(deleted)", CHANGED),
        ),
        frozenset({"predict"}),
        {"predict": "NotImplementedError"},
        names=laid_out("restored imports, 1 dataset"),
    ),
    Situation(
        "retyped cell by cell",
        retyped([text.partition("\n")[2] for text in ANSWERS.values()]),
        (
            *((f"`{stub}` is missing; cell", None) for stub in STUBS),
            ("imports", None),
            ("(deleted)", CHANGED),
        ),
        names=laid_out("restored imports, 1 dataset, 2 model, 3 train, 4 accuracy, 5 predict"),
    ),
    Situation(
        "retyped in magics and conditions",
        retyped(
            [
                "%%time\n" + ANSWERS["dataset"],
                "if True:\n    " + ANSWERS["model"].replace("\n", "\n    "),
                "@staticmethod\n" + ANSWERS["train"].partition("\n")[2],
                "!ls\n" + ANSWERS["accuracy"] + "x = (1",
                ANSWERS["predict"],
            ]
        ),
        ((STRIPPED, None), ("`train` is missing; cell 3", None), ("imports", None), ("(deleted)", CHANGED)),
        values={"accuracy": "NameError"},
        names=laid_out("restored imports, 1 dataset, 2 model, 3 train, 4 accuracy, 5 predict"),
    ),
    Situation(
        "a stub turned into text",
        damaged(lambda book: cell_of(book, "train").update(cell_type="markdown")),
        (("cell 11 had been turned into text", None),),
    ),
    Situation(
        "a stub turned raw without marks",
        damaged(lambda book: cell_of(book, "train").update(cell_type="raw", metadata={})),
        (
            (STRIPPED, None),
            ("cell 11 had been turned into text", None),
        ),
    ),
    Situation(
        "a story told in a stub's place",
        damaged(lambda book: cell_of(book, "train").update(cell_type="markdown", source="I train hard")),
        (("`train` is missing, and", None),),
        frozenset({"train"}),
        {"train": "NameError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 14 accuracy, 17 predict"),
    ),
    Situation(
        "misnamed and stripped",
        damaged(
            without_markers,
            strip("train"),
            lambda book: cell_of(book, "train").update(
                id="x",
                source=STUBS["train"]
                .partition("\n")[2]
                .replace("def train", "def Train")
                .replace("raise NotImplementedError()", "return []"),
            ),
        ),
        (
            (STRIPPED, None),
            ("Cell 11 is taken for the cell `train`", None),
        ),
        values={"train": "NameError"},
    ),
]

INSTRUCTORS_CELLS = [
    Situation(
        "a check deleted",
        damaged(delete("model_check")),
        (("model_check (deleted)", CHANGED),),
        names=laid_out("2 imports, 5 dataset, 8 model, 10 train, 13 accuracy, 16 predict"),
    ),
    Situation(
        "a check edited",
        damaged(put("model_check", "print('model: 4 of 4 points')")),
        (("model_check (edited)", CHANGED),),
    ),
    Situation(
        "a check copied", damaged(duplicate("model_check", 'check("model")')), (("model_check (copied)", CHANGED),)
    ),
    Situation(
        "the set-up edited",
        damaged(put("setup", "def check(stub):\n    print('all good')")),
        (("setup (edited)", CHANGED),),
    ),
    Situation(
        "an own cell under a check's id",
        damaged(insert(None, own("bonus = 1", metadata={"nbgrader": {"grade_id": "model_check"}}))),
        (
            (EDITED, None),
            ("model_check (reused)", CHANGED),
        ),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation(
        "imports deleted",
        damaged(delete("imports")),
        (("restored: imports", None),),
        names=(
            "restored cell (imports)",
            "cell 4 (dataset)",
            "cell 7 (model)",
            "cell 10 (train)",
            "cell 13 (accuracy)",
            "cell 16 (predict)",
        ),
    ),
    Situation(
        "imports edited",
        damaged(put("imports", "import math\nimport json as numpy")),
        (("had been edited", None),),
        names=(
            "cell 2 (imports)",
            "cell 2",
            "cell 5 (dataset)",
            "cell 8 (model)",
            "cell 11 (train)",
            "cell 14 (accuracy)",
            "cell 17 (predict)",
        ),
    ),
    Situation(
        "imports turned into text",
        damaged(lambda book: cell_of(book, "imports").update(cell_type="raw")),
        (("restored: imports", None),),
        names=laid_out("restored imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict"),
    ),
    Situation(
        "a look-up table",
        damaged(insert(None, own(f"TABLE = {dict.fromkeys(range(2000), 7)}"))),
        (("For the instructor:", None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation(
        "weights as text",
        damaged(insert("train", own(f"WEIGHTS = '{'ab12' * 5000}'"))),
        (("For the instructor:", None),),
        names=laid_out("2 imports, 5 dataset, 8 model, 11, 12 train, 15 accuracy, 18 predict"),
    ),
]

LINE_ENDS = [
    Situation(
        "lines in a list without ends", damaged(kept(str.splitlines, "train")), repairs=(("line ends in cell", None),)
    ),
    Situation(
        "a list without ends in every cell",
        damaged(kept(str.splitlines)),
        repairs=tuple(("line ends in cell", None) for _ in range(8)),
    ),
    Situation("carriage returns alone", damaged(kept(lambda source: source.replace("\n", "\r")))),
    Situation("a list with carriage returns", damaged(kept(lambda s: s.replace("\n", "\r").splitlines(True), "model"))),
    Situation("carriage returns before line ends", damaged(kept(lambda source: source.replace("\n", "\r\n")))),
    Situation(
        "line ends as two letters", damaged(kept(two_letters, "accuracy")), repairs=(("line ends in cell 14", None),)
    ),
    Situation(
        "a list of lines that end in two letters",
        damaged(kept(lambda source: two_letters(source).replace(r"\n", "\\n\n").split("\n"), "dataset")),
        repairs=(("line ends in cell 5", None),),
    ),
    Situation(
        "a cell escaped as JSON", damaged(kept(escaped_as_json, "model")), repairs=(("line ends in cell", None),)
    ),
    Situation(
        "two letters among quotes and comments",
        damaged(put("predict", LOST_LINES)),
        repairs=(("line ends in cell", None),),
    ),
    Situation("line separators of Unicode", damaged(kept(lambda source: source.replace("\n", "\u2028"), "train"))),
    Situation(
        "a comment that speaks of the two letters",
        damaged(insert(None, own("word = 'a' # split at \\n here", "n1"))),
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21"),
    ),
    Situation("UTF-16", damaged().decode().encode("utf-16"), repairs=(("saved in UTF-16", None),)),
    Situation("UTF-16 without a mark", damaged().decode().encode("utf-16-be"), repairs=(("saved in UTF-16", None),)),
    Situation("UTF-32", damaged().decode().encode("utf-32"), repairs=(("saved in UTF-32", None),)),
    Situation(
        "work on one line behind a #",
        damaged(put("train", ANSWERS["train"].replace("\n", "<br>"))),
        untouched=frozenset({"train"}),
        values={"train": "NameError"},
        unsure="All of cell 11",
        names=laid_out("2 imports, 5 dataset, 8 model, 14 accuracy, 17 predict"),
    ),
    Situation(
        "an answer commented out",
        damaged(put("predict", "# " + ANSWERS["predict"].strip().replace("\n", "\n# "))),
        untouched=frozenset({"predict"}),
        values={"predict": "NameError"},
        unsure="All of cell 17",
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy"),
    ),
    Situation(
        "a stub commented out as it was handed out",
        damaged(put("predict", "# " + STUBS["predict"].strip().replace("\n", "\n# "))),
        untouched=frozenset({"predict"}),
        values={"predict": "NameError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy"),
    ),
    Situation(
        "a note in place of a stub",
        damaged(put("predict", "# YOUR TURN: predict\n# I had no time for this = sorry")),
        untouched=frozenset({"predict"}),
        values={"predict": "NameError"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy"),
    ),
]
DOUBTS = [
    Situation(
        "two answers, one in a check cell",
        damaged(put("train_check", theirs("train", "other"))),
        (("(edited)", CHANGED),),
        unsure="both define `train`",
    ),
    Situation(
        "two half-filled copies",
        damaged(
            put("dataset", STUBS["dataset"].replace("raise NotImplementedError()", "return 1", 1)),
            duplicate(
                "dataset",
                "def make_loader(dataset, batch_size, shuffle):\n    return 2\n\n\ndef load_digits"
                + STUBS["dataset"].split("def load_digits")[1].split("\n\n\n")[0],
            ),
        ),
        (("more than once", COPIED),),
        unsure="as it was handed out",
        values={"load_digits": "NotImplementedError", "make_loader": "2"},
        names=laid_out("2 imports, 5 dataset, 8 model, 11 train, 14 accuracy, 17 predict, 21 dataset"),
    ),
    Situation(
        "two cells alike, both misnamed",
        damaged(
            without_markers,
            delete("train"),
            *(
                insert(None, own(STUBS["train"].partition("\n")[2].replace("def train", f"def train{n}"), f"t{n}"))
                for n in (1, 2)
            ),
        ),
        (("`train` is missing, and", None),),
        frozenset({"train"}),
        {"train": "NameError"},
        unsure="both like the cell `train`",
        names=laid_out("2 imports, 5 dataset, 8 model, 13 accuracy, 16 predict, 20, 21"),
    ),
    Situation(
        "another notebook",
        retyped(["import numpy", "print('hello')"]),
        (),
        EVERYTHING,
        dict.fromkeys(NAMES, "NameError"),
        unsure="This looks like another notebook",
        names=laid_out("restored imports, 1, 2"),
    ),
    Situation(
        "another notebook that has a `train`",
        retyped(
            ["import torch", "class MLP(torch.nn.Module):\n    pass", "def train(model, data, rate):\n    return 0"]
        ),
        (),
        EVERYTHING - {"train"},
        dict.fromkeys(NAMES, "NameError") | {"train": "0"},
        unsure="This looks like another notebook",
        names=laid_out("restored imports, 1, 2, 3 train"),
    ),
    Situation(
        "no cells at all",
        written({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}),
        (),
        EVERYTHING,
        dict.fromkeys(NAMES, "NameError"),
        unsure="This looks like another notebook",
        names=laid_out("restored imports"),
    ),
]

UNREADABLE = [
    Situation("empty", b"", refused="is empty"),
    Situation("only spaces", b" \n\0\n", refused="is empty"),
    Situation("cut short", damaged()[:-100], refused="cut short"),
    Situation("cut in a text", damaged(with_outputs)[:700_000], refused="cut short"),
    Situation("cut in the outputs", damaged(with_outputs).partition(b"[[[[")[0], refused="cut short"),
    Situation("damaged within", damaged().replace(b'"cells":', b'"cells"', 1), refused="damaged at line 1"),
    Situation("conflict marks", damaged().replace(b"{", b"{\n<<<<<<< HEAD\n", 1), refused="conflict marks"),
    Situation(
        "a script from Colab",
        b'# -*- coding: utf-8 -*-\n"""digits.ipynb\n\nAutomatically generated by Colab.\n',
        refused="Python script",
    ),
    Situation(
        "a script from nbconvert",
        b"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\nimport torch\n",
        refused="Python script",
    ),
    Situation("a PDF", b"%PDF-1.4 ...", refused="PDF"),
    Situation("a web page", b"<!DOCTYPE html>\n<html><body>Sign in", refused="web page"),
    Situation(
        "a text entry",
        b'<div class="user"><a href="https://colab.research.google.com/drive/1">here</a></div>',
        refused="web page",
    ),
    Situation("a link", b"https://colab.research.google.com/drive/1abc\n", refused="links are not opened"),
    Situation(
        "a shortcut", b"[InternetShortcut]\r\nURL=https://drive.google.com/file/1\r\n", refused="links are not opened"
    ),
    Situation("an archive", b"PK\x03\x04....", refused="zip archive"),
    Situation("a picture", b"\x89PNG\r\n", refused="picture"),
    Situation("words", b"Ich habe es nicht geschafft.", refused="is not a notebook"),
    Situation("words in UTF-16", "Ich habe es nicht geschafft.".encode("utf-16"), refused="is not a notebook"),
    Situation(
        "Latin-1",
        damaged(insert(None, own("a = 'Grüße'"))).decode().replace("\\u00fc", "ü").encode("latin-1"),
        refused="not UTF-8",
    ),
    Situation("JSON of another kind", b'{"student": "ada", "points": 20}', refused="but not a notebook"),
    Situation("a list", b"[1, 2]", refused="is not a notebook"),
    Situation("cells that are no list", b'{"nbformat": 4, "cells": {}}', refused="no list of cells"),
    Situation("format 2", b'{"nbformat": 2, "worksheets": []}', refused="format '2'"),
    Situation("format of the future", b'{"nbformat": 5, "cells": []}', refused="format '5'"),
    Situation("format that is no number", b'{"nbformat": true, "cells": []}', refused="format 'True'"),
    Situation("nested deep", b'{"metadata": ' + b"[" * 100_000, refused="nested more than 64 deep"),
    Situation(
        "too many cells", written({"nbformat": 4, "nbformat_minor": 4, "cells": [{}] * 2001}), refused="2,001 cells"
    ),
    Situation("a cell too long", damaged(put("train", "x = 1\n" * 200_000)), refused="longer than 1 MiB"),
    Situation("a line too long", damaged(put("train", "x" * 2_000_000)), refused="longer than 1 MiB"),
    Situation(
        "too much code",
        damaged(insert(None, *(own("x = 1\n" * 170_000, f"x{n}") for n in range(5)))),
        refused="at most 4 MiB",
    ),
    Situation(
        "too many values",
        b'{"nbformat": 4, "metadata": [' + b"1," * 1_100_000 + b"{}]}",
        refused="more than 1,000,000 values",
    ),
    Situation("too many outputs", b'{"outputs": [' + b"{}," * 700_000 + b"{}]}", refused="more than 400,000 values"),
    Situation("a number too long", b'{"nbformat": ' + b"9" * 5000 + b"}", refused="number that cannot be read"),
]

ALL = [*HONEST, *LINE_ENDS, *METADATA, *ANSWERED_ELSEWHERE, *INSTRUCTORS_CELLS, *DOUBTS, *UNREADABLE]
