"""What a notebook finds around itself: get_ipython, display, google.colab, plots and loaders, all answering at once.

Nothing here protects anything. It lets honest notebooks run where nobody looks at plots, installs packages or mounts
drives.
"""

from __future__ import annotations

import builtins
import functools
import importlib
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from torch.utils.data import DataLoader
from torchvision import datasets

from autograder.sandbox.inside import packages
from autograder.sandbox.inside.packages import Nothing, module

_TIMED = ("time", "timeit", "prun", "capture")
_OPTIONS = re.compile(r"^\s*(-[a-zA-Z]\s*\d*\s*)*")
_SILENT = ("matplotlib", "load_ext", "reload_ext", "autoreload", "config", "colors", "pinfo", "pinfo2", "precision")
_WORKER_OPTIONS = ("persistent_workers", "prefetch_factor", "multiprocessing_context", "timeout")

Run = Callable[[str, int], object]


def notice(sentence: str) -> None:
    """Tell the student, among what the notebook prints."""
    print(f"[while grading] {sentence}")


class Shell(Nothing):
    """A harmless `get_ipython()`. `run(source, line)` runs source as the cell's own code, `line` lines further down."""

    def __init__(self, run: Run, names: dict[str, Any]) -> None:
        self._run = run
        self.user_ns = names
        self.config: dict[str, object] = {}

    def run_line_magic(self, name: str, line: str, *_: object) -> object:
        """A timed statement runs; everything else does nothing."""
        statement = _OPTIONS.sub("", line)
        if name in _TIMED and statement:
            frame = inspect.currentframe()
            below = frame.f_back.f_lineno - 1 if frame and frame.f_back else 0
            return self._run(statement, below)
        if name not in _SILENT:
            notice(f"%{name} does nothing here.")
        return None

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """The body of a timed or captured cell runs, a file is written; other languages do nothing."""
        if name in _TIMED:
            self._run(cell, 1)
            if name == "capture" and line.strip().isidentifier():
                self.user_ns[line.strip()] = Nothing()
        elif name == "writefile":
            _write_file(line.split(), cell)
        else:
            notice(f"%%{name} does nothing here.")

    def magic(self, text: str) -> object:
        """The old way to call a line magic."""
        name, _, line = text.lstrip("%").partition(" ")
        return self.run_line_magic(name, line)

    def system(self, command: str) -> None:
        """No shell is started."""
        notice(f"the shell line !{command} does nothing here.")

    def getoutput(self, command: str, *_: object, **__: object) -> list[str]:
        """No shell is started; there is no output."""
        self.system(command)
        return []


def _write_file(words: list[str], text: str) -> None:
    """What `%%writefile` does: `-a` goes on at the end of the file. A module written so can be imported at once."""
    with Path(words[-1].strip("\"'")).open(
        "a" if {"-a", "--append"} & {*words[:-1]} else "w", encoding="utf-8"
    ) as file:
        file.write(text)
    importlib.invalidate_caches()


def display(*_: object, **__: object) -> None:
    """Nobody looks."""


def quiet(*arguments: Any, **_: object) -> Any:
    """Stands for the names that the set-up cell gives a lesson: gives back what it got first."""
    return arguments[0] if arguments else None


def welcome(names: dict[str, Any], lesson: tuple[str, ...], run: Run) -> None:
    """Give the notebook's namespace what its set-up cell and Jupyter would have given it."""
    import IPython

    if "" not in sys.path:
        sys.path.insert(0, "")  # modules in the notebook's folder can be imported, as in Jupyter
    shell = Shell(run, names)
    get_ipython = functools.partial(_same, shell)
    for place in (builtins, IPython, sys.modules["IPython.core.getipython"]):
        vars(place)["get_ipython"] = get_ipython
    vars(builtins)["display"] = display
    names.update(dict.fromkeys(lesson, quiet))


def _same(thing: object) -> object:
    return thing


# --- google.colab -----------------------------------------------------------------------------------------------------


def _mount(path: str = "/content/drive", *_: object, **__: object) -> None:
    """An empty drive, where a folder can be made."""
    notice("no drive is mounted here; its folder is empty.")
    try:
        (Path(path) / "MyDrive").mkdir(parents=True, exist_ok=True)
    except OSError:
        return


def _no_files(*_: object, **__: object) -> dict[str, bytes]:
    notice("nothing can be uploaded here.")
    return {}


def _no_secret(*_: object) -> str:
    notice("there are no secrets here.")
    return ""


_COLAB: dict[str, dict[str, object]] = {
    "drive": {"mount": _mount},
    "files": {"upload": _no_files},
    "userdata": {"get": _no_secret},
    "output": {},
    "runtime": {},
    "auth": {},
    "widgets": {},
    "patches": {"cv2_imshow": quiet},
}


def _colab() -> None:
    parts = {part: module(f"google.colab.{part}", **members) for part, members in _COLAB.items()}
    colab = module("google.colab", **parts)
    google = sys.modules.get("google") or module("google")
    google.colab = colab  # type: ignore[attr-defined]


# --- torch, torchvision, matplotlib -----------------------------------------------------------------------------------


def _loader_without_workers() -> None:
    """`num_workers` above 0 becomes 0: no process can be started here."""
    original = DataLoader.__init__
    signature = inspect.signature(original)

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        given = signature.bind(self, *args, **kwargs)
        if given.arguments.get("num_workers"):
            notice("DataLoader works without worker processes here (num_workers=0).")
            for option in ("num_workers", *_WORKER_OPTIONS):
                given.arguments.pop(option, None)
        original(*given.args, **given.kwargs)

    DataLoader.__init__ = init  # type: ignore[method-assign]


def _digits_under_any_class_name() -> None:
    """A student's subclass of MNIST finds the files in root/MNIST/raw too, not only under its own name."""
    original = datasets.MNIST.raw_folder.fget

    def raw_folder(self: Any) -> str:
        own: str = original(self)
        shared = Path(self.root) / "MNIST" / "raw"
        foreign = not type(self).__module__.startswith("torchvision.")
        return str(shared) if foreign and not Path(own).exists() and shared.exists() else own

    datasets.MNIST.raw_folder = property(raw_folder)


def _plots_that_end() -> None:
    """`plt.show()` closes the figures, as notebooks do, and waits for nobody."""
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.show = lambda *_, **__: pyplot.close("all")
    pyplot.pause = lambda *_: None
    pyplot.figure()  # finds the fonts now, not in every sandbox
    pyplot.close("all")


def _nothing_is_compiled() -> None:
    """`torch.compile` gives back what it got: compiling would start programs, and cost more than it gains."""
    import torch._dynamo

    torch._dynamo.config.disable = True


def prepare() -> None:
    """In the warm process, once: everything that is the same for all notebooks."""
    packages.stand_in_for_what_is_missing()
    _colab()
    _nothing_is_compiled()
    _loader_without_workers()
    _digits_under_any_class_name()
    _plots_that_end()
