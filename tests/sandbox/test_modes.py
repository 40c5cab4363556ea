"""The whole suite of this folder, once more in each other mode, as an ordinary user where the mode is meant for one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import MODE, MODE_VARIABLE
from places import ROOT

from autograder.sandbox import Mode

HERE = Path(__file__).resolve().parent
SUITE = (
    *("test_room.py", "test_endings.py", "test_walls.py", "test_surroundings.py", "test_template.py"),
    *("test_hidden_places.py", "test_selftest.py"),
)


@pytest.mark.skipif(MODE is not None, reason="this is the run in another mode")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("mode", [Mode.USER, Mode.REDUCED])
def test_everything_holds_for_an_ordinary_user(mode: Mode) -> None:
    if HERE.stat().st_mode & 0o005 != 0o005:
        pytest.skip("an ordinary user cannot read this checkout")
    command = [sys.executable, str(HERE / "ordinary_user.py"), sys.executable]
    command += ["-m", "pytest", "-q", "-x", *(str(HERE / name) for name in SUITE)]
    environment = {**os.environ, MODE_VARIABLE: mode, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": "/tmp"}
    environment.pop("PYTEST_ADDOPTS", None)  # files that it names are ours, and the other user may not write them
    with tempfile.TemporaryDirectory(prefix="autograder-", dir="/tmp") as place:
        Path(place).chmod(0o777)  # pytest's own folder in /tmp may be another ordinary user's, of another process
        environment["PYTEST_DEBUG_TEMPROOT"] = place
        run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
