"""What a check does, for students who want to know: its source, and that of the experiments it looks at."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.checks.points import checks_of, probes_of


class Sources:
    """The visible checks in the namespace `checks`; all files of the set-up cell lie in and beside `folder`, and at the
    web's `address` if there is one."""

    def __init__(self, checks: Mapping[str, Any], folder: Path, address: str = "") -> None:
        self._checks, self._probes = checks, probes_of(checks)
        self._places = " and ".join([f"in the folder {folder.parent}", *([f"at {address}"] if address else [])])

    def show(self, stub: str = "") -> None:
        """Shows what the visible checks of a part do; without a part, where all files of the set-up cell lie."""
        priced = checks_of(self._checks)
        wanted = [self._checks[check.name] for check in priced if check.stub == stub]
        if stub and not wanted:
            known = ", ".join(dict.fromkeys(check.stub for check in priced))
            print(f"There is no visible check of {stub!r}. There are checks of: {known}.")
            return
        seen = dict.fromkeys(function for check in wanted for function in self._with_experiments(check))
        _show("\n\n".join(inspect.getsource(function).rstrip() for function in reversed(seen)))
        print(f"All that the set-up cell holds can be read {self._places}.")

    def _with_experiments(self, function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
        """A check, and the experiments whose results it is given."""
        yield function
        for name in inspect.signature(function).parameters:
            if name in self._probes:
                yield from self._with_experiments(self._probes[name])


def _show(code: str) -> None:
    """Shows Python: in colours in a notebook, as text elsewhere."""
    if not code:
        return
    try:
        from IPython.core.getipython import get_ipython
        from IPython.display import Code, display
    except ImportError:
        print(code)
        return
    if get_ipython() is None:
        print(code)
    else:
        display(Code(code, language="python"))  # type: ignore[no-untyped-call]
