"""Loops in an answer cell, which costs that answer and no other.

status: timed-out
points: 19
seconds: 20
"""
# %% predict
while True:
    pass
