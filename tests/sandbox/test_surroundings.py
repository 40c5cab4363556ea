"""Honest notebooks find what they expect: magics, Colab, plots, progress bars, loader workers, training."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from conftest import LIMITS, Notebook

from autograder.core.errors import StudentError
from autograder.core.model import Cell, Role

SETUP = """
import torch, numpy as np
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset, TensorDataset
from torchvision import datasets, transforms
"""


def idx(kind: int, *shape: int) -> bytes:
    size = 1
    for one in shape:
        size *= one
    return struct.pack(">HBB", 0, 8, len(shape)) + b"".join(struct.pack(">I", one) for one in shape) + bytes(size)


MNIST = {
    "MNIST/raw/train-images-idx3-ubyte": idx(8, 6, 28, 28),
    "MNIST/raw/train-labels-idx1-ubyte": idx(8, 6),
    "MNIST/raw/t10k-images-idx3-ubyte": idx(8, 4, 28, 28),
    "MNIST/raw/t10k-labels-idx1-ubyte": idx(8, 4),
}


def test_a_model_trains_with_any_of_the_usual_means(notebook: Notebook) -> None:
    room = notebook(
        SETUP
        + """
def train(optimiser):
    torch.manual_seed(0)
    layers = nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Dropout(0.1), nn.LazyLinear(10)
    model = nn.Sequential(*layers)
    x, y = torch.rand(32, 1, 28, 28), torch.arange(32) % 10
    model(x)
    step = getattr(torch.optim, optimiser)(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.StepLR(step, 5)
    losses = []
    for epoch in range(6):
        for a, b in DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True):
            step.zero_grad()
            loss = F.cross_entropy(model(a), b)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
        schedule.step()
        losses.append(loss.item())
    return losses
"""
    )
    for optimiser in ("Adam", "SGD", "AdamW", "RMSprop"):
        losses = room.student.train(optimiser)
        assert losses[-1] < losses[0]


def test_torch_may_use_more_threads_in_the_fork(notebook: Notebook) -> None:
    room = notebook(
        SETUP
        + """
def f():
    torch.set_num_threads(2)
    x = torch.rand(300, 300, requires_grad=True)
    (x @ x).sum().backward()
    return torch.get_num_threads()
"""
    )
    with room.check(8.0):
        assert room.student.f() == 2


def test_loader_workers_become_none_with_a_notice(notebook: Notebook) -> None:
    room = notebook(
        SETUP
        + """
def load():
    data = TensorDataset(torch.arange(10))
    loader = DataLoader(data, batch_size=4, num_workers=2, persistent_workers=True, prefetch_factor=2, timeout=5)
    positional = DataLoader(data, 4, False, None, None, 2)
    return [len(batch[0]) for batch in loader], len(list(positional)), loader.num_workers
"""
    )
    assert room.student.load() == ([4, 4, 2], 3, 0)
    assert "num_workers=0" in room.printed


def test_mnist_reads_the_files_under_any_class_name_and_never_downloads(notebook: Notebook) -> None:
    room = notebook(
        SETUP
        + """
class Digits(datasets.MNIST):
    pass
def sizes(root):
    return [len(kind(root, train=train, download=True)) for kind in (datasets.MNIST, Digits) for train in (True, False)]
def fashion(root): datasets.FashionMNIST(root)
"""
    )
    root = room.files(MNIST)
    assert room.student.sizes(root) == [6, 4, 6, 4]
    with pytest.raises(StudentError, match="Dataset not found"):
        room.student.fashion(root)


def test_magics_and_shell_lines_do_nothing_and_the_rest_runs(notebook: Notebook) -> None:
    room = notebook(
        "%pip install torch\n!ls -l\n%matplotlib inline\n%cd /tmp\nfiles = !ls\nx = 1\n%load_ext autoreload\nx?",
        "%env A=1",
        "%%time\ny = 2",
        "%%capture out\nprint('z')\nz = 3\n",
        "%time w = 4\n%timeit -n1 5\nv = %time 6",
        "%%bash\nrm -rf /",
        "%%writefile note.txt\nhello",
        "note = open('note.txt').read()\nget_ipython().system('ls')\ndisplay(x)\nget_ipython().kernel.do()",
        "#@title Form { run: 'auto' }\nu = 7 #@param {type: 'integer'}",
    )
    student = room.student
    assert (student.x, student.y, student.z, student.w, student.v, student.u) == (1, 2, 3, 4, 6, 7)
    assert (student.files, student.note) == ([], "hello\n")
    assert room.cell_failures == {}
    assert "%pip does nothing here" in room.printed


def test_a_module_written_by_a_cell_is_imported_from_the_notebooks_folder(notebook: Notebook) -> None:
    room = notebook(
        "%%writefile my_tools.py\nÄRA = 'größer'\ndef double(x):\n    return 2 * x",
        "import my_tools\nfrom my_tools import double\ndef twice(x): return double(x)",
        "%%writefile -a my_tools.py\ndef triple(x): return 3 * x",
        "import importlib\nimportlib.reload(my_tools)\nword, six = my_tools.ÄRA, my_tools.triple(2)",
        "import os\nos.makedirs('lib')",
        "%%writefile 'lib/nets.py'\nWIDTH = 64",
        "from lib.nets import WIDTH",
    )
    student = room.student
    assert (student.twice(4), student.word, student.six, student.WIDTH) == (8, "größer", 6, 64)
    assert room.cell_failures == {}


def test_lines_are_counted_as_the_student_sees_them(notebook: Notebook) -> None:
    room = notebook("\n\n%pip install x\n1/0", "%%time\n\n1/0", "x = 1\n%time 1/0", "\n\n\ndef f(:")
    with pytest.raises(StudentError):
        _ = room.student.nothing
    assert [failure.frames[-1].line for failure in room.cell_failures.values()] == [4, 3, 2, 4]


def test_colab_answers_at_once(notebook: Notebook) -> None:
    room = notebook(
        "from google.colab import drive, files, userdata, output, runtime\ndrive.mount('drive')",
        "import os\nseen = os.listdir('drive/MyDrive'), files.upload(), userdata.get('KEY')",
        "files.download('x')\noutput.clear()\nruntime.unassign()",
        "from google.colab.patches import cv2_imshow\nfrom google.colab import auth\nauth.authenticate_user()",
    )
    assert room.student.seen == ([], {}, "")
    assert room.cell_failures == {}


def test_input_and_debuggers_meet_the_end_of_the_file(notebook: Notebook) -> None:
    room = notebook(
        "input('name? ')",
        "import getpass, warnings\nwarnings.simplefilter('ignore')\ngetpass.getpass()",
        "breakpoint()",
        "x = 1",
    )
    assert room.student.x == 1
    assert [failure.kind for failure in room.cell_failures.values()] == ["EOFError", "EOFError", "BdbQuit"]


PLOT = """
import matplotlib.pyplot as plt
for _ in range(3):
    plt.figure()
    plt.imshow([[0, 1]])
    plt.title('ä')
    plt.show()
plt.savefig('x.png')
"""
FILES = """
import logging, tempfile, torch, warnings
with tempfile.TemporaryDirectory() as folder: pass
logging.warning('w')
warnings.warn('careful')
torch.save(torch.ones(2), 'm.pt')
back = torch.load('m.pt')
"""
COPIES = """
import copy, os, pickle
class A: pass
copy.deepcopy(pickle.loads(pickle.dumps(A())))
count = os.cpu_count()
"""


def test_plots_files_and_warnings_are_harmless(notebook: Notebook) -> None:
    room = notebook(PLOT, FILES, COPIES)
    assert room.student.back.tolist() == [1, 1]
    assert room.cell_failures == {}


def test_progress_bars_are_harmless(notebook: Notebook) -> None:
    pytest.importorskip("tqdm")
    room = notebook(
        "from tqdm import tqdm\nfrom tqdm.auto import tqdm as other\ntotal = sum(tqdm(range(3))) + sum(other(range(3)))"
    )
    assert room.student.total == 6


def test_code_that_wants_to_be_compiled_runs_as_it_is(notebook: Notebook) -> None:
    room = notebook(
        SETUP + "model = torch.compile(nn.Linear(2, 2))\ndef f(): return tuple(model(torch.ones(1, 2)).shape)"
    )
    with room.check(20.0):
        assert room.student.f() == (1, 2)


def test_names_and_cells_are_the_notebooks_own(notebook: Notebook) -> None:
    room = notebook(
        "import __main__, inspect, sys\ndef f():\n    return 1\nown = __main__.f is f\nsource = inspect.getsource(f)",
        "kit = [name for name in sys.modules if name.startswith('autograder')]\nmain = __name__",
        limits=replace(LIMITS, cell_seconds=5.0),
    )
    student = room.student
    assert (student.own, student.source, student.kit, student.main) == (
        True,
        "def f():\n    return 1\n",
        [],
        "__main__",
    )


def test_packages_that_only_show_something_are_stood_in_for(notebook: Notebook) -> None:
    room = notebook("""
from tqdm.auto import tqdm, trange
import seaborn as sns
import torchinfo, torchsummary
from torch.utils.tensorboard import SummaryWriter

sns.set_theme(style="whitegrid")
WRITTEN = []
with SummaryWriter("runs") as writer:
    for number in tqdm([1, 2, 3], desc="epoch"):
        writer.add_scalar("loss", number, number)
        WRITTEN.append(number)
for number in (bar := trange(2)):
    bar.set_postfix(loss=number)
    WRITTEN.append(number)
axes = sns.heatmap([[1, 2]])
axes.set_title("nothing")
torchinfo.summary(None)

def batches(loader):
    bar = tqdm(loader)
    return len(bar), [item for item in bar], [item for item in bar]
""")
    assert room.student.WRITTEN == [1, 2, 3, 0, 1]
    assert room.student.batches([4, 5]) == (2, [4, 5], [4, 5])


def test_below_a_failed_import_an_own_cell_runs_on(notebook: Notebook) -> None:
    own = Cell("cell 3", "import nothing_of_this_name as n\nSTEP = 0.5\nfrom math import nothing\nMORE = 2", Role.EXTRA)
    room = notebook(own, Cell("cell 4 (part)", "import nothing_else\nLATER = 3", Role.STUB, "part"))
    assert (room.student.STEP, room.student.MORE) == (0.5, 2)
    assert room.cell_failures["cell 3"].message == "No module named 'nothing_of_this_name'"
    with pytest.raises(StudentError):
        room.student.LATER  # noqa: B018 - the handle asks when it is looked at


def test_an_own_cell_ends_where_it_fails_otherwise(notebook: Notebook) -> None:
    own = Cell("cell 3", "import math\nFIRST = 1 / 0\nSECOND = 2", Role.EXTRA)
    room = notebook(own)
    with pytest.raises(StudentError):
        room.student.SECOND  # noqa: B018 - the handle asks when it is looked at
