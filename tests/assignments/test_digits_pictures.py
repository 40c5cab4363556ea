"""What the digits notebook shows while a network learns, and of a drawing."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image, ImageDraw
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from assignments.digits.pictures import drawing
from assignments.digits.pictures.bugs import FAULTS, match_bugs
from assignments.digits.pictures.ready_made import ReadyMade
from assignments.digits.pictures.watching import watched


def test_watched_deals_what_the_loader_deals_and_disturbs_nothing(capsys: Any) -> None:
    dataset = TensorDataset(torch.rand(30, 1, 28, 28), torch.arange(30) % 10)
    loader, model = DataLoader(dataset, 7), nn.Sequential(nn.Flatten(), nn.Dropout(), nn.Linear(784, 10))
    before = [weights.clone() for weights in model.parameters()]
    seen = watched(loader, model)
    dealt = [images for images, _ in seen]
    assert torch.equal(torch.cat(dealt), dataset.tensors[0])
    assert (len(seen), seen.batch_size, seen.dataset) == (5, 7, dataset)
    assert model.training
    assert all(torch.equal(old, new) for old, new in zip(before, model.parameters(), strict=True))
    assert re.fullmatch(
        r"After 0 batches: loss [\d.]+, \d+ of 12 digits right.\nAfter 5 batches: .*\n", capsys.readouterr().out
    )


@pytest.fixture
def seven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.chdir(tmp_path)
    paper = Image.new("RGBA", (280, 280), "white")
    ImageDraw.Draw(paper).line([(70, 60), (210, 60), (130, 240)], fill="black", width=22, joint="curve")
    file = io.BytesIO()
    paper.save(file, format="png")
    return file.getvalue()


def test_a_drawing_is_read_shown_and_kept(seven: bytes) -> None:
    told = drawing.answer(seven, ReadyMade())
    assert "<b style='font-size:1.6em'>7</b>" in told
    assert told.count("%</span></div>") == 10
    assert Path("my_digit.png").read_bytes() == seven


def test_an_empty_field_is_told_as_such(seven: bytes) -> None:
    file = io.BytesIO()
    Image.new("RGB", (280, 280), "white").save(file, format="png")
    assert "There is no digit to be seen yet" in drawing.answer(file.getvalue(), ReadyMade())


def test_matches_of_curves_are_told_right_or_wrong(capsys: Any) -> None:
    match_bugs(**{fault.letter: fault.number for fault in FAULTS})
    right = capsys.readouterr().out.splitlines()
    match_bugs(A=FAULTS[1].number)
    wrong = capsys.readouterr().out.splitlines()
    assert [line.endswith("right!") for line in right] == [True] * 5
    assert wrong[0].endswith("no, look again")
    assert [line.endswith("not matched yet") for line in wrong[1:]] == [True] * 4
