"""The walls' own test: attacks are tried for real, and a wall that lets one through is named."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.core.errors import SandboxError
from autograder.sandbox import ALL_LAYERS, Layer, Limits, Mode, Template, selftest


def test_every_attack_is_refused_here(template: Template) -> None:
    findings = selftest.probe(template)
    assert [finding for finding in findings if not finding.ok] == []
    assert len(findings) == len(selftest.PROBES)


class Leaky:
    """The template, without one wall."""

    def __init__(self, template: Template, layer: Layer) -> None:
        self._template, self._layers = template, ALL_LAYERS - {layer}
        self.folder, self.hidden, self.files = template.folder, template.hidden, template.files

    def fork(self, limits: Limits, stand_ins: str, layers: frozenset[Layer]) -> Any:
        return self._template.fork(limits, stand_ins, layers & self._layers)


@pytest.mark.parametrize(
    ("layer", "wall"), [(Layer.SECCOMP, "processes"), (Layer.RLIMITS, "memory"), (Layer.DESCRIPTORS, "descriptors")]
)
def test_a_wall_that_is_down_is_named(template: Template, layer: Layer, wall: str) -> None:
    lost = {finding.name for finding in selftest.probe(Leaky(template, layer)) if not finding.ok}  # type: ignore[arg-type]
    assert f"sandbox, {wall}" in lost


def test_a_batch_is_refused_where_a_wall_is_down(template: Template) -> None:
    leaky = Leaky(template, Layer.RLIMITS)
    with pytest.raises(SandboxError, match=r"sandbox, memory: An attempt to allocate more than its limit got through"):
        selftest.probe_or_refuse(leaky)  # type: ignore[arg-type]


def test_an_unoffered_mode_is_a_finding_not_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Template:
        raise SandboxError("Neither.")

    monkeypatch.setattr(selftest.Template, "start", refuse)
    assert selftest.examine(Mode.USER) == [selftest.Finding("sandbox", False, "Neither.")]
