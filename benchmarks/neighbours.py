"""(g) How much longer honest work takes beside a submission that computes on 64 threads: paired, in one run."""

from __future__ import annotations

import argparse
import hashlib
from statistics import median
from time import monotonic, sleep

import classes
from record import machine, publish

from autograder.authoring.audit import Notebooks
from autograder.authoring.variant import parse
from autograder.core.model import Submission
from autograder.grading.engines.local import LocalEngine
from autograder.grading.submission import Task, grade

HONEST = '"""The reference."""\n'
HOG = '''"""Computes on as many threads as it gets."""
# %% predict
import threading

def spin():
    big = torch.rand(300, 300)
    while True:
        big = (big @ big).softmax(0)

def predict(model, image):
    try:
        torch.set_num_threads(64)
    except RuntimeError:
        pass
    for _ in range(64):
        threading.Thread(target=spin, daemon=True).start()
    spin()
'''
WARM = 4.0
"""Seconds until the other submission has reached its loop."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=5)
    rounds = words.parse_args().rounds
    with LocalEngine(2) as engine:
        alone, beside = [], []
        engine.submit(grade, task("warm", HONEST)).result()
        engine.submit(grade, task("warm", HONEST)).result()
        for number in range(rounds):
            alone.append(seconds(engine, f"alone-{number}"))
            hog = engine.submit(grade, task(f"hog-{number}", HOG))
            sleep(WARM)
            beside.append(seconds(engine, f"beside-{number}"))
            hog.result()
    ratio = median(after / before for before, after in zip(alone, beside, strict=True))
    rows = [{"alone s": median(alone), "beside s": median(beside), "median ratio": ratio}]
    publish("neighbours", "a reference submission, alone and beside one on 64 threads", rows, {"machine": machine()})


def seconds(engine: LocalEngine, name: str) -> float:
    """Wall time of one honest submission."""
    begin = monotonic()
    engine.submit(grade, task(name, HONEST)).result()
    return monotonic() - begin


def task(name: str, text: str) -> Task:
    assignment = classes.digits()
    data = Notebooks(assignment).of(parse(name, text))
    return Task(str(assignment.root), "digits", Submission(name, "", hashlib.sha256(data).hexdigest()), 1, None, data)


if __name__ == "__main__":
    main()
