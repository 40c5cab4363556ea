"""Whether missing files are fetched, and to where."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.checks import expect
from autograder.torchlab.evidence import rebuilt
from autograder.torchlab.inside.fetching import Fetching
from autograder.torchlab.task import Lab

_OTHERS = re.compile(r"fashion|kmnist|emnist|qmnist|nist\.gov|cifar|svhn|usps|notmnist", re.IGNORECASE)
"""Addresses of other data sets that torchvision knows."""


def fetches_to_root(lab: Lab, source: Mapping[str, bytes]) -> None:
    """`load_digits` with an empty root asks for MNIST's files, for either part, and leaves them there if it gets them.

    `source`: the files of a root, which are handed out to it.
    """
    full = lab.sandbox.files(source)
    for train in (True, False):
        root = lab.sandbox.files({})
        check_fetching(train, rebuilt(Fetching, lab.stand_ins.fetch(lab.student.load_digits, root, full, train)))


def check_fetching(train: bool, seen: Fetching) -> None:
    """The digits of MNIST were asked for, and lie in the root if they were handed out."""
    name = f"load_digits(root, train={train}) with an empty root"
    expect.that(
        seen.asked,
        looked_at=name,
        got=seen.error or "no download",
        wanted="a download of the missing files",
        hint="no-download",
    )
    others = [address for address in seen.addresses if _OTHERS.search(address)]
    expect.that(
        not others,
        looked_at=name,
        got=f"a download from {''.join(others[:1])}",
        wanted="the digits of MNIST",
        hint="other-digits",
    )
    expect.that(
        seen.filled or (bool(seen.error) and not seen.served),
        looked_at=f"the folder of root after {name}",
        got="still nothing" + (f", and {seen.error}" if seen.error else ": the files went to another place"),
        wanted="the missing files, downloaded to root",
        hint="no-download" if seen.error else "root-ignored",
    )
