"""Raises the recursion limit and recurses until the stack is gone.

status: crashed,graded,out-of-memory
points: 19
seconds: 15
"""
# %% predict
import sys

class Endless:
    def __repr__(self): return repr(self)

def predict(model, image):
    sys.setrecursionlimit(10**9)
    return len(repr(Endless()))
