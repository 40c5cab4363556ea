"""Loops in an answer cell.

status: timed-out
points: 0
seconds: 20
"""
# %% predict
while True:
    pass
