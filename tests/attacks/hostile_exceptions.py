"""Exceptions whose __str__ kills or loops, cyclic chains of 20000 causes, control characters in class names, no attributes.

assignment: digits
status: graded, crashed, timed-out
points: 8
seconds: 150
"""
# %% train
# Deserves: dataset 4 and model 4; train, accuracy and predict do nothing but raise.
import os
import time


class _Deadly(Exception):
    def __str__(self):
        os._exit(0)

    __repr__ = __str__


def train(model, loader, epochs):
    raise _Deadly()


# %% accuracy
class _Link(Exception):
    pass


def _hostile(self, name):
    if name in ("args", "__class__", "__cause__", "__context__", "__traceback__", "__notes__", "__dict__",
                "__suppress_context__", "with_traceback"):
        raise BaseException.__new__(type(self))
    return BaseException.__getattribute__(self, name)


_Nasty = type("Bad\x1b[2J\x1b]0;x\x07\r\nTOTAL 20/20\u202e\u2028", (BaseException,), {
    "__getattribute__": _hostile,
    "__str__": lambda self: "\ud800\x00\x1b[31m\r\n" + "A" * 8000000,
    "__repr__": lambda self: 7,
    "__format__": lambda self, spec: 7,
    "__module__": "\ud800\x00",
})
_Nasty.__qualname__ = "\udfff\x00" + "Q" * 100000


def accuracy(model, loader):
    first = last = _Nasty()
    for _ in range(20000):
        link = _Link()
        BaseException.__setattr__(last, "__cause__", link)
        last = link
    last.__cause__ = first                       # and round again
    raise first


# %% predict
import time


class _Slow(Exception):
    def __str__(self):
        end = time.monotonic() + 70
        while time.monotonic() < end:
            pass
        return ""


def predict(model, image):
    raise _Slow()
