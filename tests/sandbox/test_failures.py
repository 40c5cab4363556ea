"""What is told of an exception: the torch operation that it came from, read from the traceback."""

from __future__ import annotations

import pytest
from conftest import Notebook

from autograder.core.errors import StudentError
from autograder.core.model import TorchCall

CALLS = {
    "a layer": (
        "def f(): return nn.Linear(4, 2)(torch.ones(3, 5))",
        TorchCall("linear", ("float32 (3, 5)", "float32 (2, 4)", "float32 (2,)")),
    ),
    "a convolution": (
        "def f(): return nn.Conv2d(3, 8, 3, bias=False)(torch.ones(2, 1, 28, 28))",
        TorchCall("conv2d", ("float32 (2, 1, 28, 28)", "float32 (8, 3, 3, 3)")),
    ),
    "a loss, by its own function and not by what it calls": (
        "def f(): return nn.CrossEntropyLoss()(torch.ones(8, 10), torch.ones(7).long())",
        TorchCall("cross_entropy", ("float32 (8, 10)", "int64 (7,)")),
    ),
    "a function of torch": (
        "def f():\n    a, b = torch.ones(2, 3), torch.ones(2, 3)\n    return torch.mm(a, b)",
        TorchCall("mm", ("float32 (2, 3)", "float32 (2, 3)")),
    ),
    "a method, over several lines": (
        "def f():\n    images = torch.ones(2, 3)\n    return images.view(\n        -1,\n        784,\n    ) + 1",
        TorchCall("view", ("float32 (2, 3)",)),
    ),
    "an operator": (
        "def f():\n    a, weights = torch.ones(2, 3), [torch.ones(2, 3)]\n    return 1 + a @ weights[0]",
        TorchCall("matmul", ("float32 (2, 3)", "float32 (2, 3)")),
    ),
    "tensors in a list": (
        "def f():\n    batch = [torch.ones(2), torch.ones(3)]\n    return torch.stack(batch)",
        TorchCall("stack", ("float32 (2,)", "float32 (3,)")),
    ),
    "backward": (
        "def f():\n    loss = torch.ones(1)\n    loss.backward()",
        TorchCall("backward", ("float32 (1,)",)),
    ),
    "in a line with other letters than ASCII": (
        "def f():\n    größe = torch.ones(2, 3); return 'ä', größe.view(7)",
        TorchCall("view", ("float32 (2, 3)",)),
    ),
    "no operation of torch": ("def f():\n    words = {}\n    return torch.ones(1), words['a']", None),
    "a function of the student's": ("def g(x): raise ValueError\ndef f(): return g(torch.ones(1))", None),
    "text that is no tensor": ("def f(): return 'abc'.index('z')", None),
    "a name that is not there": ("def f(): return nothing(torch.ones(1))", None),
}


@pytest.mark.parametrize("case", CALLS)
def test_the_operation_that_failed_is_told_with_its_inputs(notebook: Notebook, case: str) -> None:
    source, wanted = CALLS[case]
    room = notebook("import torch\nfrom torch import nn", source)
    with pytest.raises(StudentError) as caught:
        room.student.f()
    assert caught.value.failure.torch_call == wanted


def test_objects_that_raise_when_they_are_looked_at_hide_nothing_else(notebook: Notebook) -> None:
    room = notebook(
        "class Odd:\n    def __getattr__(self, name): raise SystemExit(3)\n"
        "    def __call__(self, *_): raise KeyError('odd')\nodd = Odd()",
        "def f(): return odd(odd.a)\ndef g(): return odd('x')",
    )
    for name in ("f", "g"):
        with pytest.raises(StudentError) as caught:
            getattr(room.student, name)()
        assert caught.value.failure.torch_call is None
    assert room.endings == []
