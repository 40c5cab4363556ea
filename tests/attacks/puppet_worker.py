"""Replaces what its worker does for each question: lengths below zero, truths that are neither, answers of nonsense.

status: needs-human,protocol,graded,crashed,timed-out
points: 5
seconds: 10
"""
# %% model
import sys

class DigitClassifier(nn.Module):
    def forward(self, images):
        return torch.zeros(1)

frame = sys._getframe()
while frame is not None:
    worker = frame.f_locals.get("self")
    if hasattr(worker, "operations"):
        for name, answer in {
            "call": lambda request: {"a": [[[[float("nan"), 2**70, b"x", {1: {2: ()}}]]]]},
            "length": lambda request: -5,
            "truth": lambda request: 2,
            "iterate": lambda request: None,
            "seed": lambda request: torch.zeros(3),
            "files": lambda request: "/etc",
        }.items():
            worker.operations[name] = answer
        break
    frame = frame.f_back
