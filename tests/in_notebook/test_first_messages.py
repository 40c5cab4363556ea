"""What beginners are told first: usual mistakes typed into the notebooks' stubs, judged by the notebook's own judge.

A mistake is told as what was changed in the worked solution. The first message must hold certain words, in whatever
case, and must hold none of those that would lead astray.
"""

from __future__ import annotations

import atexit
import json
import re
import sys
import types
from collections.abc import Iterator
from functools import cache
from typing import Any

import first_tries
import newcomers
import pytest
from IPython.core.interactiveshell import InteractiveShell
from places import ROOT
from traitlets.config import Config

from autograder.checks.points import Experiments
from autograder.core.model import CheckResult, Outcome
from autograder.in_notebook import setup_cell
from autograder.in_notebook.lesson import Lesson
from autograder.in_notebook.namespace import Names, desk

ASTRAY = r"restart and run all|\{\w+\}|train_model|not attempted|check itself broke"
"""No first message may say this."""

TODO = 'raise NotImplementedError("This part is still a TODO: write it, then delete this line.")'
LOADS = "return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())"
MAKES = "return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)"
FORWARD = "        pixels = images.flatten(1)\n        return self.scores(F.relu(self.hidden(pixels)))"
LAYERS = "        self.hidden = nn.Linear(28 * 28, 128)\n        self.scores = nn.Linear(128, 10)"
COUNTS = "correct += (model(images).argmax(dim=1) == labels).sum().item()"
ANSWERS = "return model(image.unsqueeze(0)).argmax(dim=1).item()"
ERROR = "return ((predictions - targets) ** 2).mean()"
HAND, DIFFERENT = "return 2 * (w - 3)", "return place.grad.item()"
HEAD = "def {}(model, loader, epochs):"

DIGITS: dict[str, tuple[str, str, str, str]] = {
    # what it is: (the stub, what stands in the solution, what the beginner wrote, what must be said)
    "a colon is missing": ("dataset", "def load_digits(root, train):", "def load_digits(root, train)", "colon"),
    "MNIST without its module": ("dataset", "datasets.MNIST", "MNIST", r"datasets\.MNIST"),
    "ToTensor without its module": ("dataset", "transforms.ToTensor()", "ToTensor()", r"transforms\.ToTensor"),
    "ToTensor without parentheses": ("dataset", "ToTensor()", "ToTensor", "parentheses"),
    "no transform": ("dataset", ", transform=transforms.ToTensor()", "", "tensor"),
    "load_digits returns nothing": ("dataset", LOADS, LOADS.replace("return ", "data = "), "load_digits.*return"),
    "make_loader returns nothing": ("dataset", MAKES, MAKES.replace("return ", "loader = "), "make_loader.*return"),
    "make_loader prints": ("dataset", MAKES, "print(DataLoader(dataset))", "make_loader.*print.*return"),
    "always the training part": ("dataset", "train=train", "train=True", "train"),
    "a name of the argument misspelt": ("dataset", "batch_size=batch_size", "batch_size=batchsize", "batch_size"),
    "the arguments of make_loader turned": (
        "dataset", "def make_loader(dataset, batch_size, shuffle)", "def make_loader(batch_size, dataset, shuffle)",
        r"make_loader\(dataset, batch_size, shuffle\)"),
    "an argument of load_digits renamed": (
        "dataset", "def load_digits(root, train):",
        "def load_digits(folder, is_train):\n    root, train = folder, is_train", r"load_digits\(root, train\)"),
    "Dataloader": ("dataset", "return DataLoader", "return Dataloader", "DataLoader"),
    "a raise left in make_loader": ("dataset", MAKES, f"{TODO}\n    {MAKES}", "delete that line"),
    "load_digits under another name": ("dataset", "def load_digits", "def load_data", "`load_digits`.*load_data"),
    "one underscore around init": ("model", "__init__(self)", "_init_(self)", "__init__"),
    "int for init": ("model", "__init__(self)", "__int__(self)", "__init__"),
    "super forgotten": ("model", "        super().__init__()\n", "", "super"),
    "self forgotten in forward": ("model", "self.scores(F", "scores(F", r"self\.scores"),
    "self with an underscore": ("model", "self.hidden(pixels)", "self_hidden(pixels)", r"self\.hidden"),
    "forward without self": ("model", "forward(self, images)", "forward(images)", "self"),
    "a layer misspelt": ("model", "self.hidden(pixels)", "self.hiden(pixels)", "hidden"),
    "RELU": ("model", "F.relu", "nn.RELU()", "ReLU"),
    "F.Relu": ("model", "F.relu", "F.Relu", "relu"),
    "linear for Linear": ("model", "nn.Linear(128, 10)", "nn.linear(128, 10)", "Linear"),
    "Linear without nn": ("model", "nn.Linear(128, 10)", "Linear(128, 10)", r"nn\.Linear"),
    "no flatten": ("model", "images.flatten(1)", "images", "flatten"),
    "all flattened": ("model", "images.flatten(1)", "images.flatten()", "batch"),
    "neighbours that do not fit": ("model", "nn.Linear(128, 10)", "nn.Linear(100, 10)", r"built for 100.*128"),
    "a picture of another size": ("model", "nn.Linear(28 * 28, 128)", "nn.Linear(28 * 29, 128)", r"built for 812.*784"),
    "half a size": ("model", "nn.Linear(28 * 28, 128)", "nn.Linear(28 * 56 / 2, 128)", "whole number"),
    "a convolution before a Linear of another size": (
        "model", LAYERS + "\n\n    def forward(self, images):\n" + FORWARD,
        "        self.one = nn.Conv2d(1, 8, 3)\n        self.two = nn.Linear(8 * 14 * 14, 10)\n\n"
        "    def forward(self, images):\n        return self.two(F.max_pool2d(self.one(images), 2).flatten(1))",
        r"built for 1568.*1352"),
    "a view of another size": ("model", "images.flatten(1)", "images.view(-1, 700)", r"784 numbers.*flatten\(1\)"),
    "three colours": (
        "model", FORWARD, "        return nn.Conv2d(3, 10, 28)(images).flatten(1)", r"3 inputs.*1 arrive"),
    "nine scores": ("model", "nn.Linear(128, 10)", "nn.Linear(128, 9)", "ten"),
    "forward returns nothing": ("model", "return self.scores", "self.scores", "forward.*return"),
    "forward prints": ("model", "return self.scores(F.relu(self.hidden(pixels)))",
                       "print(self.scores(F.relu(self.hidden(pixels))))", "forward.*print"),
    "forward returns a pair": ("model", "self.scores(F.relu(self.hidden(pixels)))",
                               "self.scores(F.relu(self.hidden(pixels))), images", "nothing else|only"),
    "forwad": ("model", "def forward", "def forwad", "forward"),
    "the class is called Net": ("model", "class DigitClassifier", "class Net", "DigitClassifier.*Net"),
    "a raise left in init": ("model", LAYERS, f"{LAYERS}\n        {TODO}", "delete that line"),
    "a raise left in forward": ("model", FORWARD, f"        {TODO}\n{FORWARD}", "delete that line"),
    "an argument in the constructor": ("model", "__init__(self)", "__init__(self, size)", "empty parentheses"),
    "weights that are not there": (
        "model", LAYERS, LAYERS + "\n        raise OSError('<urlopen error [Errno -2] Name or service not known>')",
        "downloaded"),
    "a bracket is open": ("model", "nn.Linear(128, 10)", "nn.Linear(128, 10", "never closed"),
    "a line with a space too many": ("model", "        self.scores = ", "         self.scores = ", "spaces"),
    "optimzer": ("train", "optimizer.step()", "optimzer.step()", "optimizer"),
    "another name for the loader": ("train", "in loader:", "in train_loader:", "loader"),
    "another name for the model": ("train", "criterion(model(", "criterion(net(", "model"),
    "a raise left above": ("train", "    criterion = nn.C", f"    {TODO}\n    criterion = nn.C", "delete that line"),
    "a raise left below": ("train", "    return losses", f"    {TODO}", "delete that line"),
    "train returns nothing": ("train", "    return losses", "", "train.*return"),
    "train prints": ("train", "    return losses", "    print(losses)", "print.*return"),
    "return in the loop": ("train", "    return losses", "        return losses", "return"),
    "the loader first": (
        "train", "(model, loader, epochs)", "(loader, model, epochs)", r"train\(model, loader, epochs\)"),
    "no epochs": (
        "train", "(model, loader, epochs):", "(model, loader):\n    epochs = 3", r"train\(model, loader, epochs\)"),
    "train_model": ("train", "def train(", "def fit(", "`train`.*fit"),
    "item without parentheses": ("train", "loss.item()", "loss.item", r"item\(\)"),
    "loss.data[0]": ("train", "loss.item()", "loss.data[0]", r"item\(\)"),
    "adam": ("train", "torch.optim.Adam", "torch.optim.adam", "Adam"),
    "Adam without its module": ("train", "torch.optim.Adam", "Adam", r"optim\.Adam"),
    "optim without torch": ("train", "torch.optim.Adam", "optim.Adam", "import"),
    "crossentropyloss": ("train", "nn.CrossEntropyLoss()", "nn.CrossEntropyloss()", "CrossEntropyLoss"),
    "the total has no beginning": ("train", "        total, seen = 0.0, 0\n", "        seen = 0\n", "total"),
    "parameters without parentheses": ("train", "model.parameters()", "model.parameters", "parentheses"),
    "backward without parentheses": ("train", "loss.backward()", "loss.backward", "backward"),
    "step without parentheses": ("train", "optimizer.step()", "optimizer.step", "step"),
    "a layer of one's own": ("train", "model.parameters()", "model.hidden.parameters()", r"model\.parameters\(\)"),
    "a device that is not there": (
        "train", "    losses = []", "    model = model.to('cuda')\n    losses = []", "is_available"),
    "a loss with a caret": ("train", "criterion(model(images), labels)", "((model(images) - 1) ^ 2).mean()", r"\*\*"),
    "a comma is missing": ("train", "total, seen = 0.0, 0", "total, seen = [0.0 0]", "comma"),
    "one equals sign": ("train", "        model.train()", "        if epoch = 0: model.train()", "=="),
    "accuracy returns nothing": ("accuracy", "    return correct / seen", "", "accuracy.*return"),
    "accuracy prints": ("accuracy", "return correct / seen", "print(correct / seen)", "print.*return"),
    "accuracy without a loader": ("accuracy", "(model, loader)", "(model)", r"accuracy\(model, loader\)"),
    "accuracy of predictions": (
        "accuracy", "def accuracy(model, loader):",
        "def accuracy(pred, label):\n    return (pred.argmax(1) == label).sum()", r"accuracy\(model, loader\)"),
    "the name get_accuracy": ("accuracy", "def accuracy", "def get_accuracy", "`accuracy`.*get_accuracy"),
    "max for argmax": ("accuracy", "argmax(dim=1)", "max(1)", "argmax"),
    "sum without parentheses": ("accuracy", ".sum().item()", ".sum.item()", "parentheses|sum"),
    "a counter that nobody began": ("accuracy", "correct, seen = 0, 0", "seen = 0", "correct"),
    "labels misspelt": ("accuracy", "== labels", "== lables", "labels"),
    "np is not imported": (
        "accuracy", "return correct / seen", "return np.mean([correct / seen])", "import numpy as np"),
    "a layer walked by hand": ("accuracy", "model(images)", "model.hidden(images.flatten(1))", "any model"),
    "a colon after with": ("accuracy", "torch.no_grad():", "torch.no_grad()", "colon"),
    "no_grad without torch": ("accuracy", "torch.no_grad()", "no_grad()", r"torch\.no_grad"),
    "nograd": ("accuracy", "torch.no_grad()", "torch.nograd()", "no_grad"),
    "predict returns nothing": ("predict", ANSWERS, ANSWERS.replace("return ", "digit = "), "predict.*return"),
    "predict prints": ("predict", ANSWERS, "print(model(image.unsqueeze(0)).argmax(dim=1).item())", "print.*return"),
    "layers that are not kept": ("model", LAYERS + "\n\n    def forward(self, images):\n" + FORWARD,
                                 (LAYERS + "\n\n    def forward(self, images):\n" + FORWARD).replace("self.", ""),
                                 r"self\.(hidden|scores) = "),
    "an argument without its value": ("dataset", LOADS, "return datasets.MNIST(root, train, download)", "download="),
    "no batch": ("predict", "image.unsqueeze(0)", "image.flatten()", "batch|unsqueeze"),
    "the image first": ("predict", "(model, image)", "(image, model)", r"predict\(model, image\)"),
    "unsqeeze": ("predict", "unsqueeze(0)", "unsqeeze(0)", "unsqueeze"),
    "img": ("predict", "model(image.", "model(img.", "image"),
    "a quotation mark": ("predict", "    model.eval()", "    print('looking)\n    model.eval()", "quotation"),
}  # fmt: skip

GRADIENTS: dict[str, tuple[str, str, str, str]] = {
    "a caret": ("tensors", "** 2", "^ 2", r"\*\*"),
    "no return in line": ("tensors", "return w * x + b", "w * x + b", "line.*return"),
    "line prints": ("tensors", "return w * x + b", "print(w * x + b)", "line.*print"),
    "the mean is missing": ("tensors", ERROR, "return (predictions - targets) ** 2", "mean"),
    "the sum": ("tensors", ".mean()", ".sum()", "mean"),
    "no square": ("tensors", " ** 2", "", "square"),
    "a capital letter": ("tensors", "w * x", "W * x", "`w`"),
    "mse by another name": ("tensors", "def mean_squared_error", "def mse", "`mean_squared_error`.*mse"),
    "mean without parentheses": ("tensors", ".mean()", ".mean", "parentheses|mean"),
    "b is forgotten": ("tensors", "w * x + b", "w * x", r"\bb\b"),
    "no colon": ("tensors", "(x, w, b):", "(x, w, b)", "colon"),
    "the arguments of line turned": ("tensors", "def line(x, w, b)", "def line(b, w, x)", r"line\(x, w, b\)"),
    "a raise left below": ("tensors", "return w * x + b", f"y = w * x + b\n    {TODO}", "delete that line"),
    "an unclosed bracket": ("tensors", ").mean()", ".mean()", "bracket"),
    "the slope of another valley": ("derivative", HAND, "return 2 * w - 3", "slope|got"),
    "no place for the gradient": ("derivative", ", requires_grad=True", "", "requires_grad"),
    "backward is missing": ("derivative", "f(place).backward()", "f(place)", "backward"),
    "the gradient as a tensor": ("derivative", ".grad.item()", ".grad", "item|number"),
    "grad without an item": ("derivative", DIFFERENT, "return place.grad.item", r"item\(\)|parentheses|number"),
    "Tensor for tensor": ("derivative", "torch.tensor(float(w)", "torch.tenser(float(w)", r"tensor"),
    "tensor without torch": ("derivative", "torch.tensor", "tensor", r"torch\.tensor"),
    "valley inside slope": ("derivative", "f(place)", "valley(place)", r"\bf\b"),
    "a misspelt place": ("derivative", "return place", "return plase", "place"),
    "slope returns nothing": ("derivative", DIFFERENT, "", "slope.*return"),
    "derivative with a raise left": ("derivative", HAND, f"{TODO}\n    {HAND}", "delete that line"),
    "uphill": ("descent", "w - learning_rate", "w + learning_rate", "uphill"),
    "the start is missing": ("descent", "[float(start)]", "[]", "start"),
    "one step only": ("descent", "    return path", "        return path", "return|steps"),
    "descend returns nothing": ("descent", "    return path", "", "descend.*return"),
    "lr": ("descent", "learning_rate * place", "lr * place", "learning_rate"),
    "pathh": ("descent", "return path", "return pathh", "path"),
    "no range": ("descent", "range(steps)", "steps", "range|int"),
    "the steps first": ("descent", "(f, start, learning_rate, steps)", "(f, steps, learning_rate, start)",
                        r"descend\(f, start, learning_rate, steps\)"),
    "append misspelt": ("descent", "path.append", "path.apend", "append"),
    "the bowl returns a list": ("bowl", "return torch.stack(path)", "return path", "stack|tensor"),
    "the gradients pile up": ("bowl", "        place.grad = None\n", "", "grad"),
    "bowl returns nothing": ("bowl", "return torch.stack(path)", "torch.stack(path)", "descend_in_bowl.*return"),
    "the name of the bowl": ("bowl", "def descend_in_bowl", "def descend_bowl", "`descend_in_bowl`.*descend_bowl"),
    "clone without parentheses": ("bowl", "[start.clone()]", "[start.clone]", "parentheses|clone"),
}  # fmt: skip

CASES = [("digits", name, *case) for name, case in (DIGITS | newcomers.DIGITS).items()]
CASES += [("gradient_descent", name, *case) for name, case in (GRADIENTS | newcomers.GRADIENTS).items()]


@cache
def carried(assignment: str) -> dict[str, str]:
    """What the release's set-up cell holds."""
    return setup_cell.unpacked(next(cell for cell in cells("release", assignment) if setup_cell.SET_UP in cell))


@cache
def cells(kind: str, assignment: str) -> list[str]:
    book = json.loads((ROOT / kind / assignment / f"{assignment}.ipynb").read_text("utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


@cache
def module(assignment: str, name: str) -> dict[str, Any]:
    """The names of the release's checks, or of its stand-ins."""
    made = types.ModuleType(f"{name}_of_{assignment}")
    sys.modules[made.__name__] = made  # dataclasses look their module up
    exec(carried(assignment)[f"autograder/assignment/{name}.py"], vars(made))
    return vars(made)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    made = InteractiveShell(config=Config(HistoryManager={"hist_file": ":memory:"}))
    yield made
    made.atexit_operations()
    atexit.unregister(made.atexit_operations)


def first_trouble(shell: InteractiveShell, assignment: str, stub: str, answer: str) -> CheckResult:
    """How the first check of `stub` ends that does not pass."""
    told = json.loads(carried(assignment)["autograder/assignment/lesson.json"])
    hints = carried(assignment)["autograder/assignment/hints.toml"]
    checks, stand_ins = module(assignment, "checks"), module(assignment, "stand_ins")
    lesson = Lesson(told["parts"], told["given"], [], checks, stand_ins, hints, shell, signatures=told["signatures"])
    for cell in (told["given"], answer):
        shell.run_cell(cell, store_history=True)
    student = Names(shell.user_ns)
    with desk(shell.user_ns) as sandbox:
        given = {"student": student, "stand_ins": Names(stand_ins), "sandbox": sandbox, "seed": 1}
        experiments = Experiments(checks, **given)
        for check in (one for one in lesson._public if one.stub == stub):
            result = lesson._result(check, experiments, lambda: lesson._context(student, lesson._runs.answers()))
            if result.outcome is not Outcome.PASSED:
                return result
    raise AssertionError("every visible check passes")


@pytest.mark.parametrize(
    ("assignment", "name", "stub", "right", "wrong", "says"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES]
)
def test_the_first_message_names_the_mistake(
    shell: InteractiveShell, assignment: str, name: str, stub: str, right: str, wrong: str, says: str
) -> None:
    solution = next(cell for cell in cells("solutions", assignment) if cell.startswith(f"# YOUR TURN: {stub}\n"))
    assert right in solution
    result = first_trouble(shell, assignment, stub, solution.replace(right, wrong))
    assert result.outcome is Outcome.FAILED, result
    assert re.search(says, result.message, re.DOTALL | re.IGNORECASE), result.message
    assert not re.search(ASTRAY, result.message, re.IGNORECASE), result.message


@pytest.mark.parametrize(
    ("assignment", "stub", "cell", "says"), first_tries.CELLS.values(), ids=first_tries.CELLS.keys()
)
def test_a_whole_cell_of_a_newcomer_hears_first_what_is_wrong_with_it(
    shell: InteractiveShell, assignment: str, stub: str, cell: str, says: str
) -> None:
    worked = [answer for answer in cells("solutions", assignment) if answer.startswith("# YOUR TURN: ")]
    at = next(at for at, answer in enumerate(worked) if answer.startswith(f"# YOUR TURN: {stub}\n"))
    given = json.loads(carried(assignment)["autograder/assignment/lesson.json"])["given"]
    for earlier in (given, *worked[:at]):
        shell.run_cell(earlier, store_history=True)
    result = first_trouble(shell, assignment, stub, f"# YOUR TURN: {stub}\n{cell}")
    assert result.outcome is Outcome.FAILED, result
    assert re.search(says, result.message, re.DOTALL | re.IGNORECASE), result.message
    assert not re.search(ASTRAY, result.message, re.IGNORECASE), result.message


@pytest.mark.parametrize(("stub", "cell", "says"), newcomers.FOREIGN.values(), ids=newcomers.FOREIGN)
def test_a_cell_of_another_notebook_hears_first_which_name_it_must_define(
    shell: InteractiveShell, stub: str, cell: str, says: str
) -> None:
    result = first_trouble(shell, "digits", stub, f"# YOUR TURN: {stub}\n{cell}")
    assert result.outcome is Outcome.FAILED, result
    assert says in result.message
