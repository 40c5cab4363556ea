"""Mistakes of newcomers, written by somebody who had read the notebooks but neither hints nor checks.

Each is what was changed in the worked solution; then the words that the first message must hold.
"""

from __future__ import annotations

LOADS = "return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())"
MAKES = "return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)"
LAYERS = "        self.hidden = nn.Linear(28 * 28, 128)\n        self.scores = nn.Linear(128, 10)"
FORWARD = "        pixels = images.flatten(1)\n        return self.scores(F.relu(self.hidden(pixels)))"
HEADER = "    def forward(self, images):\n" + FORWARD
DECIDES = "        return model(image.unsqueeze(0)).argmax(dim=1).item()"
NOTES = (
    "            total += loss.item() * len(labels)\n            seen += len(labels)\n"
    "        losses.append(total / seen)"
)
BEGINS = "        total, seen = 0.0, 0\n"
LOOP = "        for images, labels in loader:"
COUNTS = "            correct += (model(images).argmax(dim=1) == labels).sum().item()"

DIGITS: dict[str, tuple[str, str, str, str]] = {
    # what it is: (the stub, what stands in the solution, what the newcomer wrote, what must be said)
    "a batch size of one's own": ("dataset", "batch_size=batch_size", "batch_size=64", "batch_size"),
    "always shuffled": ("dataset", "shuffle=shuffle", "shuffle=True", "shuffle"),
    "Mnist for MNIST": ("dataset", "datasets.MNIST", "datasets.Mnist", r"Mnist.*MNIST"),
    "other pictures": ("dataset", "datasets.MNIST", "datasets.FashionMNIST", "MNIST"),
    "a folder of one's own": ("dataset", "MNIST(root,", 'MNIST("data",', "root"),
    "a list around the digits": (
        "dataset",
        "DataLoader(dataset,",
        "DataLoader([dataset],",
        r"dataset|every digit|all the digits",
    ),
    "the last batch left out": (
        "dataset",
        "shuffle=shuffle)",
        "shuffle=shuffle, drop_last=True)",
        "drop_last|last batch|left over",
    ),
    "the transform in quotation marks": ("dataset", "transforms.ToTensor()", '"ToTensor"', "transform|quotation marks"),
    "the digits together with the loader": (
        "dataset",
        MAKES,
        MAKES.replace("return ", "return dataset, "),
        r"make_loader.*(DataLoader|two|pair|tuple)",
    ),
    "trian": ("dataset", "train=train", "trian=train", r"trian"),
    "self in a function": (
        "dataset",
        "def load_digits(root, train)",
        "def load_digits(self, root, train)",
        r"self|load_digits\(root, train\)",
    ),
    "the loader's digits are loaded anew": (
        "dataset",
        "DataLoader(dataset,",
        'DataLoader(load_digits("data", True),',
        "dataset",
    ),
    "a ReLU layer called with numbers": (
        "model",
        "F.relu(self.hidden(pixels))",
        "nn.ReLU(self.hidden(pixels))",
        r"nn\.ReLU\(\)|F\.relu",
    ),
    "forward inside init": (
        "model",
        HEADER,
        HEADER.replace("    ", "        ", 1).replace("\n", "\n    "),
        "forward.*(left|indent|inside)|inside",
    ),
    "layers made anew each time": (
        "model",
        FORWARD,
        "        images = F.relu(nn.Linear(784, 128)(images.flatten(1)))\n        return nn.Linear(128, 10)(images)",
        "__init__",
    ),
    "numbers of a layer turned": ("model", "nn.Linear(28 * 28, 128)", "nn.Linear(128, 28 * 28)", "784"),
    "super without parentheses": ("model", "super().__init__()", "super.__init__()", r"super\(\)"),
    "super's init is not called": ("model", "super().__init__()", "super().__init__", r"super\(\)\.__init__\(\)"),
    "no Module": ("model", "class DigitClassifier(nn.Module):", "class DigitClassifier:", r"nn\.Module"),
    "a comma for a dot": ("model", "nn.Linear(28 * 28, 128)", "nn, Linear(28 * 28, 128)", r"nn\.Linear"),
    "a result that nobody keeps": (
        "model",
        FORWARD,
        "        pixels = images.flatten(1)\n        F.relu(self.hidden(pixels))\n        return self.scores(pixels)",
        "784.*128|128.*784",
    ),
    "a batch of 64 written in": ("model", "images.flatten(1)", "images.view(64, 784)", r"64|batch"),
    "flattened from the front": ("model", "images.flatten(1)", "images.flatten(0)", r"flatten\((x, )?1\)"),
    "relu looked for in nn": ("model", "F.relu", "nn.relu", r"F\.relu|nn\.ReLU"),
    "the digit for the scores": (
        "model",
        "return self.scores(F.relu(self.hidden(pixels)))",
        "return self.scores(F.relu(self.hidden(pixels))).argmax(dim=1)",
        "scores|argmax",
    ),
    "an object under the name of the class": (
        "model",
        HEADER,
        HEADER + "\n\n\nDigitClassifier = DigitClassifier()",
        r"DigitClassifier.*(class|object|plan)",
    ),
    "old gradients are kept": ("train", "            optimizer.zero_grad()\n", "", "zero_grad"),
    "no step": ("train", "            optimizer.step()\n", "", r"step"),
    "no backward": ("train", "            loss.backward()\n", "", r"backward"),
    "labels first": ("train", "criterion(model(images), labels)", "criterion(labels, model(images))", "order|first"),
    "labels not taken from the loader": ("train", LOOP, "        for images in loader:", "labels"),
    "a list of tensors": ("train", "loss.item() * len(labels)", "loss * len(labels)", r"\.item\(\)"),
    "a number as a range": ("train", "in range(epochs)", "in epochs", r"range\(epochs\)"),
    "a number for each batch": ("train", NOTES, NOTES.replace("        losses", "            losses"), "epoch"),
    "a new model is trained": (
        "train",
        "    losses = []\n",
        "    losses = []\n    model = DigitClassifier()\n",
        r"model",
    ),
    "append is assigned": ("train", "losses.append(total / seen)", "losses = losses.append(total / seen)", "append"),
    "nothing behind the sign": ("train", "losses = []", "losses =", "a value is missing behind the `=`"),
    "steps that are far too long": ("train", "lr=0.001", "lr=10", r"lr|learning rate"),
    "a loss that was not built": (
        "train",
        "nn.CrossEntropyLoss()",
        "nn.CrossEntropyLoss",
        r"CrossEntropyLoss\(\)|parentheses",
    ),
    "trained without gradients": (
        "train",
        "    for epoch in range(epochs):\n",
        "    torch.set_grad_enabled(False)\n    for epoch in range(epochs):\n",
        "gradients|no_grad|set_grad_enabled",
    ),
    "labels with a point": (
        "train",
        "criterion(model(images), labels)",
        "criterion(model(images), labels.float())",
        r"labels.*(float|whole|long)|float.*labels",
    ),
    "an optimizer for each batch that is never built": (
        "train",
        "torch.optim.Adam(model.parameters(), lr=0.001)",
        "torch.optim.Adam",
        "Adam|parentheses",
    ),
    "batches counted as images": ("accuracy", "seen += len(labels)", "seen += 1", r"images|len\(labels\)|batch"),
    "a hundred times too much": (
        "accuracy",
        "return correct / seen",
        "return 100 * correct / seen",
        "0 to 1|0 and 1|percent|100",
    ),
    "return after the first batch": (
        "accuracy",
        "    return correct / seen",
        "            return correct / seen",
        "return.*loop|first batch|one batch",
    ),
    "the largest of each column": ("accuracy", "argmax(dim=1)", "argmax(dim=0)", "dim=1"),
    "scores compared with labels": (
        "accuracy",
        "model(images).argmax(dim=1) == labels",
        "model(images) == labels",
        r"argmax\(dim=1\)",
    ),
    "whole numbers only": ("accuracy", "correct / seen", "correct // seen", "//"),
    "a tensor for a number": ("accuracy", ".sum().item()", ".sum()", r"\.item\(\)|float\("),
    "only the last batch counts": (
        "accuracy",
        "correct += (",
        "correct = (",
        r"\+=|all batches|last batch|every batch",
    ),
    "a wrong way round": ("accuracy", "return correct / seen", "return seen / correct", "0 to 1|0 and 1|divide"),
    "a share of wrong ones": ("accuracy", "== labels", "!= labels", r"wrong|=="),
    "the digit as a tensor": ("predict", ".argmax(dim=1).item()", ".argmax(dim=1)", r"\.item\(\)|whole number"),
    "counted from one": (
        "predict",
        ".argmax(dim=1).item()",
        ".argmax(dim=1).item() + 1",
        r"\+ ?1|one too (high|large|many|much)|from 0|0 to 9",
    ),
    "the score for the digit": ("predict", ".argmax(dim=1).item()", ".max().item()", "argmax"),
    "the digit in quotation marks": (
        "predict",
        DECIDES,
        DECIDES.replace("return ", "return str(") + ")",
        r"str|text|whole number",
    ),
    "predict without a model": (
        "predict",
        "def predict(model, image):",
        "def predict(image):",
        r"predict\(model, image\)",
    ),
    "asked while training": ("predict", "    model.eval()\n", "    model.train()\n", r"eval"),
}

GRADIENTS: dict[str, tuple[str, str, str, str]] = {
    "the line goes down": ("tensors", "return w * x + b", "return w * x - b", r"\+|b"),
    "the square of the mean": (
        "tensors",
        "((predictions - targets) ** 2).mean()",
        "(predictions - targets).mean() ** 2",
        "square",
    ),
    "an ordinary number for the loss": ("tensors", "** 2).mean()", "** 2).mean().item()", "item|tensor"),
    "half a slope": ("derivative", "return 2 * (w - 3)", "return w - 3", "2"),
    "the height for the slope": ("derivative", "return 2 * (w - 3)", "return (w - 3) ** 2 + 1", "slope"),
    "grad with parentheses": ("derivative", "place.grad.item()", "place.grad().item()", "grad"),
    "a whole number wants no gradient": (
        "derivative",
        "torch.tensor(float(w),",
        "torch.tensor(w,",
        r"float\(w\)|float",
    ),
    "no learning rate": ("descent", "w - learning_rate * place.grad.item()", "w - place.grad.item()", "learning_rate"),
    "always from the start": (
        "descent",
        "torch.tensor(w, requires_grad=True)",
        "torch.tensor(float(start), requires_grad=True)",
        "start|new place",
    ),
    "tensors in the path": ("descent", "path.append(w)", "path.append(place)", r"item|ordinary number|tensor"),
    "a step more": ("descent", "range(steps)", "range(steps + 1)", r"steps \+ 1|just as many|one too many"),
    "the same place again and again": (
        "bowl",
        "path.append(place.detach().clone())",
        "path.append(place)",
        "clone|copy|copies",
    ),
    "the walk outside no_grad": (
        "bowl",
        "        with torch.no_grad():\n            place -=",
        "        if True:\n            place -=",
        "no_grad",
    ),
    "the start is changed": (
        "bowl",
        "place = start.clone().requires_grad_()",
        "place = start.requires_grad_()",
        "start|clone",
    ),
}


TODO = 'raise NotImplementedError("This part is still a TODO: write it, then delete this line.")'

FOREIGN: dict[str, tuple[str, str, str]] = {
    # cells of another notebook, pasted into ours: (the stub, the cell, what must be said first)
    "loaders at the top": (
        "dataset",
        "to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])\n"
        "training = datasets.MNIST('./mnist', train=True, download=True, transform=to_tensor)\n"
        "batches = DataLoader(training, batch_size=100, shuffle=True)",
        "must define `load_digits`",
    ),
    "loaders of names that are not imported": (
        "dataset",
        "digits = torchvision.datasets.MNIST('.', download=True)\nbatches = torch.utils.data.DataLoader(digits)",
        "must define `load_digits`",
    ),
    "a network under another name": (
        "model",
        "import torch.nn as nn\n\nclass ThreeLayers(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.last = nn.Linear(784, 10)\n\n    def forward(self, x):\n        return self.last(x.flatten(1))",
        "must define `DigitClassifier`, not `ThreeLayers`",
    ),
    "a network moved to a device": (
        "model",
        "class ThreeLayers(nn.Module):\n    pass\n\nnet = ThreeLayers().to(device)\nprint(net)",
        "must define `DigitClassifier`, not `ThreeLayers`",
    ),
    "a network that has no class": (
        "model",
        "net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))\nlosses = criterion(net(batch), labels)",
        "must define `DigitClassifier`",
    ),
    "a loop at the top": (
        "train",
        "optimizer = torch.optim.SGD(net.parameters(), lr=0.01)\nfor epoch in range(5):\n"
        "    for x, y in train_loader:\n        loss = F.cross_entropy(net(x), y)\n        loss.backward()",
        "must define `train`",
    ),
    "a loop in a function of another name": (
        "train",
        "def fit(net, batches, rounds, device):\n    net.train()\n\nfit(net, train_loader, 3, device)",
        "must define `train`, not `fit`",
    ),
    "counting at the top": (
        "accuracy",
        "right = 0\nwith torch.no_grad():\n    for x, y in test_loader:\n"
        "        right += (net(x).argmax(1) == y).sum().item()\nprint(right / 10000)",
        "must define `accuracy`",
    ),
    "a test that prints": (
        "accuracy",
        "def evaluate(net, batches):\n    net.eval()\n    print('Accuracy', 97)\n\nevaluate(net, test_loader)",
        "must define `accuracy`, not `evaluate`",
    ),
    "values whose names are nearly the task's": (
        "train",
        "train_y, trains = [], 3\nfor epoch in range(trains):\n    train_y.append(epoch)",
        "must define `train`: write your lines inside of it",
    ),
    "two functions, one for looking on": (
        "dataset",
        "def sort_digits(pairs):\n    return sorted(pairs)\n\ndef plot_digits(pairs):\n    print(pairs)",
        "must define `load_digits`: use the name that the task gives",
    ),
    "a function for looking on": (
        "accuracy",
        "def print_time(start):\n    print(start)\n\nprint_time(3)",
        "must define `accuracy`: use the name that the task gives",
    ),
    "a function of another part": (
        "train",
        "def compute_accuracy(net, batches):\n    return 1.0\n\nfor epoch in range(3):\n    print(epoch)",
        "must define `train`: use the name that the task gives",
    ),
    "a network among other work": (
        "dataset",
        "class Layers(nn.Module):\n    pass\n\ndef measure(net):\n    return 1",
        "must define `load_digits`: use the name that the task gives",
    ),
    "a line that goes on with a percent sign, and one that fails": (
        "train",
        "%matplotlib inline\nprint('%d of %d'\n      %(1, 2))\nprint(numbers_of_another_cell)",
        "must define `train`: write your lines inside of it",
    ),
    "a line that gives no name, and fails": (
        "predict",
        "print(picture_of_another_cell)",
        "must define `predict`: write your lines inside of it",
    ),
    "work below the task's own lines": (
        "accuracy",
        f"def accuracy(model, loader):\n    {TODO}\n\nhits = 0\nfor x, y in [(1, 1)]:\n    hits += x == y",
        "`accuracy` itself is still empty",
    ),
    "a function below the task's own of that name": (
        "train",
        f"def train(model, loader, epochs):\n    {TODO}\n\ndef train(net, batches, rate, rounds):\n    return []",
        "yours is `train(net, batches, rate, rounds)`",
    ),
    "one picture at the top": (
        "predict",
        "picture, label = test_set[0]\nprint(net(picture[None]).argmax().item())",
        "must define `predict`",
    ),
}
