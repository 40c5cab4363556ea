"""Which packages a notebook may import: what every assignment has, and what only shows something."""

from __future__ import annotations

import sys

PROVIDED = frozenset({"torch", "torchvision", "numpy", "matplotlib", "PIL", "IPython"})
"""These are there when work is graded; Python's own modules are too."""

STOOD_IN = frozenset(
    {"tqdm", "seaborn", "pandas", "tensorboard", "tensorboardX", "torchinfo", "torchsummary", "google", "ipywidgets"}
)
"""These only show something: where they are not installed, the sandbox stands in for them quietly."""


def is_known(package: str) -> bool:
    """Whether an import of `package` works while grading, in any assignment."""
    return package in PROVIDED | STOOD_IN or package in sys.stdlib_module_names
