"""Source text that travels: into a student's process as one file, into a notebook as modules."""

from __future__ import annotations

import sys
import types

import pytest

from autograder.core import bundle
from autograder.core.errors import CourseError

IMPORT = "from autograder.torchlab.inside.scripted import Reader, reader\n"


def test_what_stand_ins_import_from_torchlab_stands_in_their_own_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = bundle.written_out('"""Mine."""\n\nfrom __future__ import annotations\n\n' + IMPORT + "\nANSWER = 42\n")
    assert "import autograder" not in text
    assert "from autograder" not in text
    module = types.ModuleType("stand_ins")
    monkeypatch.setitem(sys.modules, "stand_ins", module)
    exec(compile(text, "stand_ins.py", "exec"), vars(module))
    assert {"Reader", "reader", "ANSWER"} <= set(vars(module))


def test_a_text_that_imports_nothing_of_torchlab_is_left_as_it_is() -> None:
    source = "from __future__ import annotations\nimport math\n"
    assert bundle.written_out(source) == source


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (IMPORT + "def reader(): ...\n", "reader is also the name"),
        ("from autograder.torchlab.inside.scripted import reader as mine\n", "by plain names only"),
        ("from autograder.torchlab.inside.nothing import x\n", "no module autograder.torchlab.inside.nothing"),
    ],
)
def test_an_import_that_cannot_travel_is_the_instructors_to_mend(source: str, told: str) -> None:
    with pytest.raises(CourseError, match=told):
        bundle.written_out(source)


def test_each_module_comes_after_those_that_it_imports() -> None:
    modules = list(bundle.lab_modules("from autograder.torchlab.measuring import Accuracy\n"))
    assert modules.index("autograder.torchlab.inside.scripted") < modules.index("autograder.torchlab.scripted")
    assert modules.index("autograder.torchlab.task") < modules.index("autograder.torchlab.measuring")
    assert len(modules) == len(set(modules))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from autograder.torchlab.mnist import find", True),
        ("def f():\n    import autograder.torchlab.mnist", True),
        ("from autograder.torchlab import mnist", True),
        ("from autograder.torchlab import task", False),
        ("mnist = 'autograder.torchlab.mnist'", False),
    ],
)
def test_an_import_is_found_wherever_it_stands(source: str, found: bool) -> None:
    assert bundle.imports(source, "autograder.torchlab.mnist") is found
