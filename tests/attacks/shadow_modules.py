"""Writes modules, settings and start-up files that other programs might load.

status: graded
seconds: 5
"""
# %% extra
import os

EVIL = "raise SystemExit('loaded')\n"
NAMES = (
    "torch.py", "json.py", "numpy/__init__.py", "conftest.py", "pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini",
    "sitecustomize.py", "usercustomize.py", ".pythonrc", "stand_ins.py", "autograder/__init__.py", "timeit.py",
    ".ipython/profile_default/startup/00.py", ".jupyter/nbgrader_config.py", "nbgrader_config.py", "ipython_config.py",
)
for place in (".", os.path.expanduser("~"), "/tmp"):
    for name in NAMES:
        try:
            os.makedirs(os.path.dirname(os.path.join(place, name)), exist_ok=True)
            with open(os.path.join(place, name), "x") as file:
                file.write(EVIL)
        except OSError:
            pass
open_places = [place for place in (os.path.dirname(os.__file__), os.path.dirname(torch.__file__), "/usr/lib/python3") if os.access(place, os.W_OK)]
assert not open_places, open_places
