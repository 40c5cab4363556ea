"""Sets affinity and priority, starts 64 torch threads and computes without end.

status: timed-out
points: 19
seconds: 20
"""
# %% predict
import os

def predict(model, image):
    for step in (
        lambda: os.sched_setaffinity(0, range(os.cpu_count())),
        lambda: os.nice(-20),
        lambda: torch.set_num_threads(64),
    ):
        try:
            step()
        except (OSError, RuntimeError):
            pass
    big = torch.rand(300, 300)
    while True:
        try:
            big = (big @ big).softmax(0)
        except RuntimeError:  # no memory for so many threads
            torch.set_num_threads(1)
