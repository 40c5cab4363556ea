"""Labels and other values in words."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from autograder.checks import expect


def is_integer(label: object) -> bool:
    """True for an integer of Python or NumPy and for an integer tensor or array without dimensions."""
    if isinstance(label, Tensor):
        return label.dim() == 0 and not label.is_floating_point() and label.dtype != torch.bool
    if isinstance(label, np.ndarray):
        return label.ndim == 0 and np.issubdtype(label.dtype, np.integer)
    return isinstance(label, int | np.integer) and not isinstance(label, bool)


def described(value: object) -> str:
    """A short text for a value of any type."""
    if isinstance(value, Tensor | np.ndarray):
        return f"{expect.type_name(value)} of shape {tuple(value.shape)}, {value.dtype}"
    return f"{expect.type_name(value)} {value!r}" if isinstance(value, int | float | str) else expect.type_name(value)
