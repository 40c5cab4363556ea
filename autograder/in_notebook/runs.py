"""How the cells that answer parts ended when they were last run: memory alone may still hold what came before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks.expect import failure_of
from autograder.core.model import Failure
from autograder.in_notebook.cells import marks


class Runs:
    """Listens to an IPython shell. `failed`: by part, what its cell raised, unless a later run went well; `broken`: the
    text of every cell that raised, and what.

    `parts`: the names that each part defines.
    """

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        self._parts = parts
        self._before: Mapping[str, object] = {}
        self._fresh: dict[str, bool] = {}
        self.failed: dict[str, Failure] = {}
        self.broken: list[tuple[str, Failure]] = []
        self._shell: Any = None

    def listen(self, shell: Any) -> None:
        """Hears of every cell from now on, in place of an earlier set-up."""
        self._shell = shell
        for event, hear in (("pre_run_cell", self._begins), ("post_run_cell", self._ends)):
            for known in list(shell.events.callbacks[event]):
                if type(getattr(known, "__self__", None)).__name__ == type(self).__name__:
                    shell.events.unregister(event, known)
            shell.events.register(event, hear)

    def stale(self, part: str) -> bool:
        """Whether the last run of a part's cell failed before it defined its names: what they mean is from before."""
        return part in self.failed and not self._fresh[part]

    def answers(self) -> dict[str, str]:
        """By part the text of its cell, as it was run last."""
        runs = self._shell.history_manager.input_hist_raw if self._shell is not None else ()
        return {part: source for source in runs for part in self._parts if marks(source, part)}

    def _begins(self, info: Any) -> None:
        self._before = {name: self._shell.user_ns.get(name) for names in self._parts.values() for name in names}

    def _ends(self, result: Any) -> None:
        error = result.error_before_exec or result.error_in_exec
        if error is not None and not isinstance(error, KeyboardInterrupt):
            self.broken.append((result.info.raw_cell or "", failure_of(error)))
        for part, names in self._parts.items():
            if not marks(result.info.raw_cell or "", part):
                continue
            self.failed.pop(part, None)
            if error is not None:
                self.failed[part] = failure_of(error)
                self._fresh[part] = all(self._shell.user_ns.get(name) is not self._before[name] for name in names)
