"""Answers with an array of no bytes at all whose other sizes multiply to 2 to the power of 182.

status: protocol
points: 5
seconds: 15
"""
# Deserves: accuracy 4 and predict 1; the model's own answers never arrive: 5. Zero times anything is zero bytes, so the
# sizes agree with the body; but no array can have such a shape, and whoever builds it stumbles. What breaks the rules of
# the wire is to end as such, not as a fault of the grader that a person must look at and that is tried a second time.
# %% extra
import json
import struct
import sys

_frame, _worker = sys._getframe(), None
while _frame is not None:
    if hasattr(_frame.f_locals.get("self"), "encoded"):
        _worker = _frame.f_locals["self"]
    _frame = _frame.f_back


def _hollow(reply):
    del _worker.encoded                          # once for each time that the model is asked
    value = {"dict": [["id", reply["id"]], ["value", {"numpy": 0}]]}
    head = json.dumps({"v": value, "a": [["u1", [1 << 26] * 7 + [0]]]}).encode()
    return [memoryview(struct.pack("<II", len(head), 0) + head)]
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(28 * 28, 10)

    def forward(self, images):
        _worker.encoded = _hollow
        return self.scores(images.flatten(1))
