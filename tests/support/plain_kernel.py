"""Kernels in which students work: PyTorch, NumPy and matplotlib are there, this kit, nbgrader and a network are not."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from places import ROOT

COLAB = ROOT / ".venv-colab"
"""An environment with Colab's IPython; made when it is first needed, which takes a few seconds."""

COLAB_PACKAGES = ("ipython==7.34.0", "ipykernel==6.17.1")
SHARED_PACKAGES = ("torch", "torchvision", "numpy", "matplotlib")

START = f"""
import sys
sys.path[:] = [folder for folder in sys.path if folder != {str(ROOT)!r}]
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
import socket
def refuse(*_, **__):
    raise OSError("There is no network here.")
import importlib.util
assert importlib.util.find_spec("autograder") is None
from ipykernel.kernelapp import launch_new_instance
socket.getaddrinfo = refuse
sys.argv = ["kernel", "-f", sys.argv[1]]
launch_new_instance()
"""


class PlainKernel(AsyncKernelManager):
    """A kernel of this Python in which the kit cannot be imported and no name can be looked up."""

    python = sys.executable
    start = START

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[self.python, "-I", "-c", self.start, "{connection_file}"], language="python")


class OpenKernel(PlainKernel):
    """The same, in which names of this machine can be looked up."""

    start = START.replace("socket.getaddrinfo = refuse", "")


class ColabKernel(PlainKernel):
    """The same in Colab's IPython, with nothing else than it and the packages of SHARED_PACKAGES."""

    python = str(COLAB / "bin" / "python")


KERNELS = {"this IPython": PlainKernel, "IPython 7.34": ColabKernel}


def make_colab() -> None:
    """Makes the environment of ColabKernel. Skips the test where its packages cannot be had."""
    with Path(f"{COLAB}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another test process may be at it just now
        _make_colab()


def _make_colab() -> None:
    done = COLAB / "made of.txt"
    recipe = "\n".join([sys.version, *COLAB_PACKAGES, *SHARED_PACKAGES])
    if done.exists() and done.read_text("utf-8") == recipe:
        return
    uv = Path(sys.executable).with_name("uv")
    steps = (
        ["venv", "--clear", "--python", sys.executable, str(COLAB)],
        ["pip", "install", "--python", ColabKernel.python, *COLAB_PACKAGES],
    )
    for step in steps:
        run = subprocess.run([uv, "--quiet", *step], capture_output=True, text=True, check=False)
        if run.returncode:
            pytest.skip(f"An environment with {COLAB_PACKAGES[0]} cannot be made here: {run.stderr.strip()}")
    _share(COLAB / "shared")
    done.write_text(recipe, "utf-8")


def _share(folder: Path) -> None:
    """Lets the environment import SHARED_PACKAGES and what they need from this one, by links, and nothing else."""
    folder.mkdir()
    for package in _closure(SHARED_PACKAGES):
        files = package.files or []
        for top in {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}:
            link = folder / top
            if not link.is_symlink():
                link.symlink_to(Path(str(package.locate_file(top))))
    (site,) = COLAB.glob("lib/python*/site-packages")
    (site / "shared.pth").write_text(f"{folder}\n", "utf-8")


def _closure(names: tuple[str, ...]) -> Iterator[Distribution]:
    """The installed packages of these names, and those they need."""
    seen, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # needed on other systems only
        yield package
        needed = [one for one in package.requires or [] if "extra ==" not in one]
        waiting += [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in needed]


def executed(book: Any, folder: Path, kernel: type[PlainKernel] = PlainKernel) -> dict[str, Any]:
    """Runs a notebook in `folder` to its end, whatever happens; its code cells by id."""
    client = NotebookClient(
        book,
        timeout=600,
        allow_errors=True,
        kernel_manager_class=kernel,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=environment(folder))
    return {cell.id: cell for cell in book.cells if cell.cell_type == "code"}


def environment(folder: Path) -> dict[str, str]:
    """Only what a kernel needs: no path to this kit, one thread, settings of its own."""
    return {
        "HOME": str(folder),
        "OMP_NUM_THREADS": "1",
        "IPYTHONDIR": str(folder / ".ipython"),
        "PATH": os.defpath,
    }


def told(cell: Any) -> str:
    """All that a cell printed or showed, as text."""
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in cell.outputs)


def troubles(cells: dict[str, Any]) -> dict[str, Any]:
    """Cells with a traceback or anything on stderr."""
    bad = {
        name: [output for output in cell.outputs if output.output_type == "error" or output.get("name") == "stderr"]
        for name, cell in cells.items()
    }
    return {name: outputs for name, outputs in bad.items() if outputs}
