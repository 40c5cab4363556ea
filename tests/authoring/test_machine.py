"""The doctor's look at this machine: what is missing is told in sentences."""

from __future__ import annotations

from autograder.authoring import machine


def test_builds_of_torch_and_torchvision_that_do_not_fit_are_explained() -> None:
    words = "Traceback\n  ...\nRuntimeError: operator torchvision::nms does not exist"
    sentence = machine.explain_import("torchvision", words)
    assert "do not fit" in sentence
    assert "torch 2.15.0 and torchvision 0.29.2" in sentence
    assert "No module named x" in machine.explain_import("x", "ModuleNotFoundError: No module named x")
