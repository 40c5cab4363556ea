"""Trains the tiny network that the digits notebook begins with; writes it to assignments/digits/pictures/weights.py.

usage: python benchmarks/train_ready_made.py FOLDER_WITH_MNIST [EPOCHS]

It learns from MNIST's training part, each digit a little turned, stretched, shifted and made thicker or paler, since
digits that are drawn with a mouse look otherwise than those of a pen. Weights are rounded to 31 steps for each layer,
one character each: of full MNIST's test part this costs some 0.2 % (98.7 % before), and saves every notebook 2.7 kB.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision import datasets

TARGET = Path(__file__).parent.parent / "assignments" / "digits" / "pictures" / "weights.py"
BATCH, CHARACTERS = 200, 110
MOST, ZERO = 15, 50
"""Most steps of a weight, and the character for none: all that are used need no escape in Python or JSON."""


def network() -> nn.Sequential:
    """Two convolutions and one Linear layer: 3,898 numbers."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, stride=2),
        nn.ReLU(),
        nn.Conv2d(6, 12, 5, stride=2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(192, 10),
    )


def digits(root: str, train: bool) -> tuple[Tensor, Tensor]:
    part = datasets.MNIST(root, train=train, download=False)
    return part.data[:, None].float() / 255, part.targets


def altered(images: Tensor) -> Tensor:
    """Each digit turned, sheared, stretched and shifted a little; some made thicker, some paler."""
    count = len(images)
    turn, shear = ((torch.rand(count) - 0.5) * math.radians(degrees) for degrees in (40, 30))
    wide, high = (0.85 + 0.35 * torch.rand(count) for _ in range(2))
    across, down = ((torch.rand(count) - 0.5) * 0.25 for _ in range(2))
    rows = [torch.stack([wide * turn.cos(), -high * (turn + shear).sin(), across], 1)]
    rows += [torch.stack([wide * turn.sin(), high * (turn + shear).cos(), down], 1)]
    grid = F.affine_grid(torch.stack(rows, 1), list(images.shape), align_corners=False)
    moved = F.grid_sample(images, grid, align_corners=False)
    thick = torch.rand(count, 1, 1, 1) < 0.3
    moved = torch.where(thick, F.max_pool2d(moved, 3, 1, 1) * 0.5 + moved * 0.5, moved)
    return (moved * (0.7 + 0.6 * torch.rand(count, 1, 1, 1))).clamp(0, 1)


def share_right(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    with torch.no_grad():
        return (model(images).argmax(1) == labels).float().mean().item()


def rounded(weights: Tensor) -> tuple[float, Tensor]:
    """One step's size, and how many steps each weight is (-15..15): of all sizes the one that misses least."""
    sizes = weights.abs().max().item() / MOST * torch.linspace(0.4, 1, 25)
    tried = [(size, (weights / size).round().clamp(-MOST, MOST)) for size in sizes.tolist()]
    return min(tried, key=lambda one: (one[0] * one[1] - weights).square().sum().item())


def write(parts: list[tuple[float, Tensor]]) -> None:
    """Lays rounded weights into the file that the notebook carries."""
    packed = "".join(chr(ZERO + int(value)) for _, values in parts for value in values.flatten())
    lines = "\n".join(f'    "{packed[at : at + CHARACTERS]}"' for at in range(0, len(packed), CHARACTERS))
    TARGET.write_text(
        '"""Weights of the ready-made network, written by benchmarks/train_ready_made.py: do not edit."""\n\n'
        f"ZERO, STEPS = {ZERO}, ({', '.join(f'{step:.6g}' for step, _ in parts)})\n"
        '"""The character that stands for 0, and how much one unit of a weight is worth, tensor by tensor."""\n\n'
        f"PACKED = (\n{lines}\n)\n"
        '"""All weights, a character each: packed with the rest, that takes least room."""\n',
        encoding="utf-8",
    )


def main(root: str, epochs: int = 12) -> None:
    torch.manual_seed(1)
    model, (images, labels), test = network(), digits(root, True), digits(root, False)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    steps = epochs * len(images) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.006, total_steps=steps)
    for epoch in range(epochs):
        for chosen in torch.randperm(len(images)).split(BATCH):
            optimizer.zero_grad()
            F.cross_entropy(model(altered(images[chosen])), labels[chosen]).backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {share_right(model, *test):.2%} of the test digits", flush=True)
    parts = [rounded(weights.detach()) for weights in model.parameters()]
    with torch.no_grad():
        for weights, (step, values) in zip(model.parameters(), parts, strict=True):
            weights.copy_(step * values)
    right = share_right(model, *test)
    print(f"rounded: {right:.2%}")
    write(parts)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
