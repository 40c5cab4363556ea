"""A room: the notebook's names, values by value, everything else by handle, exceptions with the student's own lines."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest
import torch
from conftest import LIMITS, Notebook

from autograder.checks import expect
from autograder.core.errors import CheckTimeout, CourseError, StudentError
from autograder.core.model import Cell, Frame, Role, TorchCall
from autograder.sandbox import Template

BOX = """
class Box:
    def __init__(self, *things, **named):
        self.things, self.named = list(things), named
    def __len__(self): return len(self.things)
    def __getitem__(self, key): return self.things[key]
    def __iter__(self): return iter(self.things)
    def holds(self, thing): return any(one is thing for one in self.things)
def same(thing): return thing
"""

WEAK = """
import weakref
made = weakref.WeakSet()
def make():
    box = Box()
    made.add(box)
    return box
"""


def test_values_cross_both_ways_with_their_exact_type(notebook: Notebook) -> None:
    same = notebook(BOX).student.same
    value = [None, True, 1, 0.1, "ä", np.float32(2), (1, {"x": [2]}), np.int64(3)]
    assert repr(same(value)) == repr(value)
    assert torch.equal(same(torch.arange(6).reshape(2, 3)), torch.arange(6).reshape(2, 3))


def test_objects_stay_on_the_students_side_and_can_be_used_from_here(notebook: Notebook) -> None:
    student = notebook(BOX).student
    box = student.Box(1, 2.5, student.same, colour="red")
    assert (len(box), box[1], box.named, bool(box)) == (3, 2.5, {"colour": "red"}, True)
    assert [type(item).__name__ for item in box] == ["int", "float", "Handle"]
    assert box.holds(student.same)
    assert (box.__student_type__, repr(box)) == ("Box", "<Box in the student's process>")


def test_the_same_object_is_the_same_handle(notebook: Notebook) -> None:
    student = notebook(BOX).student
    box = student.Box()
    assert student.same(box) is box


def test_objects_that_nobody_holds_any_more_are_forgotten(notebook: Notebook) -> None:
    student = notebook(BOX + WEAK).student
    boxes = [student.make() for _ in range(5)]
    assert len(student.made) == 5
    del boxes
    gc.collect()
    assert student.same(0) == 0
    assert len(student.made) == 0


def test_a_missing_name_is_an_attribute_error_and_a_name_error_of_the_student(notebook: Notebook) -> None:
    student = notebook(BOX).student
    with pytest.raises(AttributeError) as caught:
        _ = student.nowhere
    assert isinstance(caught.value, StudentError)
    assert caught.value.failure.kind == "NameError"
    assert not hasattr(student.Box(), "nowhere")


def test_an_exception_arrives_with_the_students_own_lines_and_the_last_torch_call(notebook: Notebook) -> None:
    room = notebook("import torch", "def f(x):\n    y = x.flatten(1)\n    return torch.nn.functional.linear(y, y.T)\n")
    with pytest.raises(StudentError) as caught:
        room.student.f(torch.ones(2, 3, 4))
    failure = caught.value.failure
    assert failure.kind == "RuntimeError"
    assert failure.frames == (Frame("cell 2", 3, "return torch.nn.functional.linear(y, y.T)"),)
    assert failure.torch_call == TorchCall("linear", ("float32 (2, 12)", "float32 (12, 2)"))


def test_a_cell_that_fails_stops_nothing(notebook: Notebook) -> None:
    room = notebook("a = 1", "b = (", "c = 3\n1 / 0\n", "d = 4")
    assert (room.student.a, room.student.c, room.student.d) == (1, 3, 4)
    assert {name: failure.kind for name, failure in room.cell_failures.items()} == {
        "cell 2": "SyntaxError",
        "cell 3": "ZeroDivisionError",
    }
    assert room.cell_failures["cell 2"].frames == (Frame("cell 2", 1, "b = ("),)


def test_exit_and_interrupt_in_student_code_are_exceptions(notebook: Notebook) -> None:
    room = notebook("import sys\ndef leave(): sys.exit(0)\ndef stop(): raise KeyboardInterrupt\nsys.exit()\nafter = 1")
    kinds = []
    for function in ("leave", "stop"):
        with pytest.raises(StudentError) as caught:
            getattr(room.student, function)()
        kinds.append(caught.value.failure.kind)
    assert kinds == ["SystemExit", "KeyboardInterrupt"]
    assert room.endings == []


def test_check_and_demo_cells_are_never_run(notebook: Notebook) -> None:
    room = notebook(Cell("a", "x = 1", Role.GIVEN), Cell("b", "x = 2", Role.CHECK), Cell("c", "x = 3", Role.DEMO))
    assert room.student.x == 1


def test_names_of_the_lesson_do_nothing(notebook: Notebook) -> None:
    room = notebook("check('dataset')\nfor x in progress([1, 2]): last = x", lesson=("check", "progress"))
    assert room.student.last == 2


def test_stand_ins_live_beside_the_student(notebook: Notebook) -> None:
    room = notebook("def call(f): return f(20)", stand_ins="def double(x): return 2 * x\nANSWER = 42")
    assert room.stand_ins.ANSWER == 42
    assert room.student.call(room.stand_ins.double) == 40


@pytest.mark.parametrize("first", ["pass", "gc.unfreeze()"])
def test_student_code_that_searches_memory_finds_no_stand_in(notebook: Notebook, first: str) -> None:
    search = "{name for name in map(lambda one: getattr(one, '__name__', ''), gc.get_objects()) if name == 'double'}"
    room = notebook(f"import gc\ndef found(): {first}; return {search}", stand_ins="def double(x): return 2 * x")
    assert room.stand_ins.double(2) == 4
    assert room.student.found() == set()


def test_a_stand_in_is_asked_for_once_in_each_process(notebook: Notebook) -> None:
    room = notebook("", stand_ins="calls = []\ndef count():\n    calls.append(1)\n    return len(calls)")
    first = room.stand_ins.count
    assert room.stand_ins.count is first
    assert (first(), first()) == (1, 2)
    room.fresh()
    assert room.stand_ins.count is not first
    assert room.stand_ins.count() == 1


def test_stand_ins_that_cannot_be_loaded_are_the_courses_fault(notebook: Notebook) -> None:
    for source, kind in (("1 / 0", "ZeroDivisionError"), ("1 /", "SyntaxError")):
        with pytest.raises(CourseError, match=rf"stand_ins\.py cannot be loaded: {kind}"):
            _ = notebook("a = 1", stand_ins=source).student.a


def test_a_check_that_passes_what_cannot_cross_is_the_courses_fault(notebook: Notebook) -> None:
    with pytest.raises(CourseError, match="type function"):
        notebook(BOX).student.same(lambda: 1)


def test_seeds_make_draws_repeat(notebook: Notebook) -> None:
    room = notebook(
        "import torch, numpy, random\ndef draw(): return torch.rand(1).item(), numpy.random.rand(), random.random()"
    )
    draws = []
    for number in (3, 2**62, 3):
        room.seed(number)
        draws.append(room.student.draw())
    assert draws[0] == draws[2] != draws[1]


def test_cells_draw_other_numbers_in_a_new_process_and_the_same_ones_in_the_same_turn(notebook: Notebook) -> None:
    cell = "import torch, numpy, random\ndrawn = torch.rand(1).item(), numpy.random.rand(), random.random()"
    rooms = notebook(cell), notebook(cell)
    first = [tuple(room.student.drawn) for room in rooms]
    for room in rooms:
        room.fresh()
    second = [tuple(room.student.drawn) for room in rooms]
    assert first[0] == first[1] and second[0] == second[1]
    assert not {*first[0]} & {*second[0]}


def test_the_students_seed_does_not_tell_ours(notebook: Notebook) -> None:
    room = notebook("import torch\ndef seed(): return torch.initial_seed()")
    room.seed(3)
    assert room.student.seed() != 3


def test_files_are_written_into_a_new_folder(notebook: Notebook) -> None:
    room = notebook("from pathlib import Path\ndef read(root): return Path(root, 'MNIST/raw/x').read_bytes().hex()")
    first, second = room.files({"MNIST/raw/x": b"\x01"}), room.files({"MNIST/raw/x": b"\x02"})
    assert (room.student.read(first), room.student.read(second)) == ("01", "02")


def test_what_an_assignment_gives_lies_in_the_working_folder_to_be_read_only(
    template: Template, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "files", {"prices.csv": b"Ulm,3", "more/notes.txt": b"some"})
    room = notebook(TRIES_TO_WRITE)
    given = room.student.read("prices.csv"), room.student.read("more/notes.txt")
    assert given == ("Ulm,3", "some")
    assert room.student.write("prices.csv") == "PermissionError"
    assert room.student.write("own.csv") == "written"
    room.fresh()
    assert room.student.read("prices.csv") == "Ulm,3"


TRIES_TO_WRITE = """
from pathlib import Path

def read(name): return Path(name).read_text()

def write(name):
    try:
        Path(name).write_text("mine")
    except OSError as error:
        return type(error).__name__
    return "written"
"""


def test_a_fresh_process_has_run_the_cells_and_knows_nothing_else(notebook: Notebook) -> None:
    room = notebook("seen = []\ndef see(): seen.append(1); return len(seen)\nprint('cell')")
    assert (room.student.see(), room.student.see()) == (1, 2)
    old = room.student.see
    room.fresh()
    assert room.student.see() == 1
    with pytest.raises(CourseError, match="process was replaced"):
        old()
    assert room.printed == "cell\n"


def test_a_check_has_a_deadline_for_all_its_calls(notebook: Notebook) -> None:
    room = notebook("import time\nnap = time.sleep")
    with room.check(1.5), pytest.raises(CheckTimeout):
        for _ in range(10):
            room.student.nap(0.4)
    with room.check(5.0):
        room.student.nap(0.01)


def test_running_the_cells_does_not_count_for_the_check(notebook: Notebook) -> None:
    room = notebook("import time\ntime.sleep(1.5)\nx = 1")
    with room.check(1.0):
        assert room.student.x == 1


def test_the_whole_submission_has_a_deadline(notebook: Notebook) -> None:
    room = notebook("import time\nnap = time.sleep", limits=replace(LIMITS, submission_seconds=2.0))
    for _ in range(2):
        with pytest.raises(CheckTimeout):
            room.student.nap(10)
    assert len(room.endings) <= 2


def test_processor_time_of_all_processes_is_counted(notebook: Notebook) -> None:
    room = notebook(
        "import time\ndef burn(s):\n    end = time.process_time() + s\n    while time.process_time() < end: pass"
    )
    room.student.burn(0.3)
    room.fresh()
    room.student.burn(0.3)
    assert 0.6 <= room.cpu_seconds() < 5
    room.close()
    assert 0.6 <= room.cpu_seconds() < 5
    assert room.peak_mib > 10


def test_arrays_are_copies_of_our_own(notebook: Notebook) -> None:
    room = notebook("import numpy\nx = numpy.zeros(3)")
    first = room.student.x
    first += 1
    assert room.student.x.tolist() == [0, 0, 0]


VALUES = """
from collections import namedtuple
from dataclasses import dataclass
import pandas as pd
Point = namedtuple("Point", "x y")
@dataclass
class Result:
    best: float
class Key: pass
table = pd.DataFrame({"town": ["Ulm", "Bonn"], "number": [1, 2]})
def point(): return Point(1, 2)
def result(): return Result(0.5)
def same(thing): return type(thing).__name__
def keyed(): return {Key(): 1}
def total(table): return table.number.sum()
"""


def test_what_student_code_returns_is_given_back_to_it_as_its_own(notebook: Notebook) -> None:
    student = notebook(VALUES).student
    point, result = student.point(), student.result()
    assert (point, point.x, result.best) == ((1, 2), 1, 0.5)
    assert (student.same(point), student.same([result])) == ("Point", "list")
    assert student.same(result) == "Result"


def test_a_record_of_a_process_that_was_replaced_is_given_as_the_values_that_it_held(notebook: Notebook) -> None:
    room = notebook(VALUES)
    point = room.student.point()
    room.fresh()
    assert room.student.same(point) == "Record"


def test_tables_cross_both_ways(notebook: Notebook) -> None:
    student = notebook(VALUES).student
    table = student.table
    assert list(table.town) == ["Ulm", "Bonn"]
    assert student.total(table) == 3


def test_what_stays_says_why(notebook: Notebook) -> None:
    assert expect.type_name(notebook(VALUES).student.keyed()) == "dict whose keys are of your own class Key"
