"""Exceptions whose text never ends, whose class has a strange name, and whose line is giant.

status: graded,timed-out,crashed
points: 15
seconds: 20
"""
# %% accuracy
class _Meta(type):
    @property
    def __name__(cls): return ["no", "text"]
    def __instancecheck__(cls, other): raise SystemExit

class Odd(Exception, metaclass=_Meta):
    @property
    def __dict__(self): raise KeyError("no")
    @property
    def __traceback__(self): return self

def accuracy(model, loader):
    raise Odd
# %% predict
class Ｅｎｄｌｅｓｓ(Exception):
    def __str__(self):
        while True: pass

def predict(model, image):
    raise Ｅｎｄｌｅｓｓ
