"""Whole cells as newcomers type them, written by somebody who had read the notebooks but neither hints nor checks."""

from __future__ import annotations

CELLS: dict[str, tuple[str, str, str, str]] = {
    # what it is: (the assignment, the part, the cell, what must be said first)
    "mse without square": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    diff = predictions - targets
    return diff.mean()
""",
        r"square",
    ),
    "mse squares the mean": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return torch.mean(predictions - targets) ** 2
""",
        r"square.*(each|before|first|then)|(each|first).*square",
    ),
    "line in brackets": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * (x + b)

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
""",
        r"line\(|w \* x",
    ),
    "mse in a loop of floats": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    total = 0
    for p, t in zip(predictions, targets):
        total += (p.item() - t.item()) ** 2
    return total / len(targets)
""",
        r"tensor",
    ),
    "math sqrt": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return math.sqrt(((predictions - targets) ** 2).mean())
""",
        r"math",
    ),
    "by hand expanded wrong": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * w - 3

def slope(f, w):
    x = torch.tensor(float(w), requires_grad=True)
    f(x).backward()
    return x.grad.item()
""",
        r"slope_by_hand\(",
    ),
    "grad of the height": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    w = torch.tensor(float(w), requires_grad=True)
    y = f(w)
    y.backward()
    return y.grad.item()
""",
        r"(place|w|leaf).*\.grad|None",
    ),
    "valley instead of f": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    height = valley(place)
    height.backward()
    return place.grad.item()
""",
        r"\bf\b",
    ),
    "int wants gradient": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(w, requires_grad=True)
    f(place).backward()
    return place.grad.item()
""",
        r"float",
    ),
    "slope without backward": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    height = f(place)
    return place.grad.item()
""",
        r"backward",
    ),
    "bowl one item": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for i in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad.item()
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
""",
        r"item",
    ),
    "bowl new place each time": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for i in range(steps):
        f(place).backward()
        with torch.no_grad():
            place = place - learning_rate * place.grad
        path.append(place.clone())
    return torch.stack(path)
""",
        r"requires_grad|-=",
    ),
    "bowl tensor of tensors": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for i in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        place.grad.zero_()
        path.append(place.detach().clone())
    return torch.tensor(path)
""",
        r"torch\.stack",
    ),
    "bowl moves the callers start": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    start.requires_grad_()
    path = [start.detach().clone()]
    for i in range(steps):
        f(start).backward()
        with torch.no_grad():
            start -= learning_rate * start.grad
        start.grad = None
        path.append(start.detach().clone())
    return torch.stack(path)
""",
        r"start.*(clone|copy)|clone",
    ),
    "totensor without brackets": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
""",
        r"ToTensor\(\)|parenthes|brackets",
    ),
    "train is always true": (
        "digits",
        "dataset",
        """\
def load_digits(root, train=True):
    data = datasets.MNIST(root=root, train=True, download=True, transform=transforms.ToTensor())
    return data

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
""",
        r"train",
    ),
    "returns both parts": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    train_data = datasets.MNIST(root, train=True, download=True, transform=transforms.ToTensor())
    test_data = datasets.MNIST(root, train=False, download=True, transform=transforms.ToTensor())
    return train_data, test_data

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
""",
        r"pair|tuple|both|one part",
    ),
    "loader of a global": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(load_digits("data", True), batch_size, shuffle)
""",
        r"dataset",
    ),
    "loader is an iterator": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    return iter(loader)
""",
        r"iter|again|second",
    ),
    "linear 28 by 28": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28, 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = images.flatten(1)
        x = F.relu(self.hidden(x))
        return self.scores(x)
""",
        r"28 \* 28|784",
    ),
    "flatten everything": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = torch.flatten(images)
        x = F.relu(self.hidden(x))
        return self.scores(x)
""",
        r"flatten",
    ),
    "sequential of a function": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128),
            F.relu,
            nn.Linear(128, 10),
        )

    def forward(self, images):
        return self.net(images)
""",
        r"nn\.ReLU\(\)",
    ),
    "missing comma in sequential": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128)
            nn.ReLU(),
            nn.Linear(128, 10),
        )

    def forward(self, images):
        return self.net(images)
""",
        r"comma|line \d",
    ),
    "relu layer called with tensor": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        pixels = images.flatten(1)
        return self.scores(nn.ReLU(self.hidden(pixels)))
""",
        r"nn\.ReLU\(\)|F\.relu",
    ),
    "forward inside init": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

        def forward(self, images):
            pixels = images.flatten(1)
            return self.scores(F.relu(self.hidden(pixels)))
""",
        r"forward.*(indent|left|inside)|(indent|inside).*forward",
    ),
    "optimizer of the model": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model, lr=0.1)
    losses = []
    for epoch in range(epochs):
        total = 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"model\.parameters\(\)",
    ),
    "criterion without brackets": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    for epoch in range(epochs):
        total = 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"CrossEntropyLoss\(\)",
    ),
    "for i in loader": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    for epoch in range(epochs):
        total = 0
        for i in range(len(loader)):
            images, labels = loader[i]
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"for images, labels in loader",
    ),
    "zero grad before step": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    for epoch in range(epochs):
        total = 0
        for images, labels in loader:
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"zero_grad.*(before|after|between|order)|(before|after|between|order).*zero_grad",
    ),
    "total never reset": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    total = 0
    for epoch in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"each epoch|again|start|0",
    ),
    "epochs off by one": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    for epoch in range(1, epochs):
        total = 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"epochs",
    ),
    "accuracy if of a batch": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct = 0
    total = 0
    for images, labels in loader:
        guess = model(images).argmax(dim=1)
        if guess == labels:
            correct += 1
        total += 1
    return correct / total
""",
        r"sum\(\)",
    ),
    "accuracy of the max itself": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            best = torch.max(model(images), 1)
            correct += (best == labels).sum().item()
            total += labels.size(0)
    return correct / total
""",
        r"argmax|indices|pair",
    ),
    "accuracy percent text": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(1) == labels).sum().item()
            total += len(labels)
    return f"{correct / total:.2%}"
""",
        r"text|str",
    ),
    "predict list in brackets": (
        "digits",
        "predict",
        """\
def predict(model, image):
    model.eval()
    return model([image]).argmax().item()
""",
        r"unsqueeze|list",
    ),
    "predict softmax without argmax": (
        "digits",
        "predict",
        """\
def predict(model, image):
    model.eval()
    with torch.no_grad():
        probs = F.softmax(model(image.unsqueeze(0)), dim=1)
    return int(probs.max())
""",
        r"argmax",
    ),
    "slide flipped": (
        "convolution",
        "slide",
        """\
def slide(image, weights):
    h, w = weights.shape
    H, W = image.shape
    out = torch.zeros(H - h + 1, W - w + 1)
    weights = torch.flip(weights, (0, 1))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            out[i, j] = (image[i:i+h, j:j+w] * weights).sum()
    return out
""",
        r"turn|flip",
    ),
    "slide without plus one": (
        "convolution",
        "slide",
        """\
def slide(image, weights):
    h, w = weights.shape
    H, W = image.shape
    out = torch.zeros(H - h, W - w)
    for i in range(H - h):
        for j in range(W - w):
            out[i, j] = (image[i:i+h, j:j+w] * weights).sum()
    return out
""",
        r"\+ 1|shape",
    ),
    "slide for 3 by 3 only": (
        "convolution",
        "slide",
        """\
def slide(image, weights):
    H, W = image.shape
    out = torch.zeros(H - 2, W - 2)
    for i in range(H - 2):
        for j in range(W - 2):
            out[i, j] = (image[i:i+3, j:j+3] * weights).sum()
    return out
""",
        r"shape|size|3",
    ),
    "network third channel count": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(1, 16, 3, padding=1)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return self.out(self.drop(self.maps(images).flatten(1)))
""",
        r"8",
    ),
    "network not pooled in the sum": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3)
        self.conv2 = nn.Conv2d(8, 16, 3)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return self.out(self.drop(self.maps(images).flatten(1)))
""",
        r"400",
    ),
    "network maps without self": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return self.out(self.drop(maps(images).flatten(1)))
""",
        r"self\.maps",
    ),
    "shifts all alike": (
        "convolution",
        "shifts",
        """\
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return wide[:, :, top:top + 28, left:left + 28]
""",
        r"each|own",
    ),
    "shifts roll": (
        "convolution",
        "shifts",
        """\
def random_shifts(images, most):
    moved = []
    for image in images:
        dy, dx = torch.randint(-most, most + 1, (2,)).tolist()
        moved.append(torch.roll(image, (dy, dx), dims=(1, 2)))
    return torch.stack(moved)
""",
        r"other side|roll|black|leaves",
    ),
    "change result dropped": (
        "convolution",
        "train",
        """\
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            if change:
                change(images)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"images = change\(images\)|result|return",
    ),
    "change is none called": (
        "convolution",
        "train",
        """\
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            images = change(images)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
""",
        r"None",
    ),
    "softmax at the end": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = F.relu(self.hidden(images.flatten(1)))
        return F.softmax(self.scores(x), dim=1)
""",
        r"softmax",
    ),
    "layers in a list": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(28 * 28, 64), nn.Linear(64, 64)]
        self.out = nn.Linear(64, 10)

    def forward(self, images):
        x = images.flatten(1)
        for layer in self.layers:
            x = F.relu(layer(x))
        return self.out(x)
""",
        r"ModuleList|list",
    ),
    "batch of 64 only": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = images.squeeze().flatten(1)
        return self.scores(F.relu(self.hidden(x)))
""",
        r"squeeze|one image|batch of 1",
    ),
    "one layer never used": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.middle = nn.Linear(128, 64)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = F.relu(self.hidden(images.flatten(1)))
        return self.scores(x)
""",
        r"middle",
    ),
    "dropout by function": (
        "digits",
        "model",
        """\
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = F.relu(self.hidden(images.flatten(1)))
        x = F.dropout(x, 0.3)
        return self.scores(x)
""",
        r"training=self\.training|nn\.Dropout|dropout",
    ),
    "last batch loss": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return losses
""",
        r"last batch|all batches|mean",
    ),
    "sum not mean": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        running_loss = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        losses.append(running_loss)
    return losses
""",
        r"sum|mean|divide",
    ),
    "sum by items": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        running_loss = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        losses.append(running_loss / len(loader.dataset))
    return losses
""",
        r"batches|len\(loader\)|divide",
    ),
    "zero grad per epoch": (
        "digits",
        "train",
        """\
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
""",
        r"zero_grad",
    ),
    "mean of batch accuracies": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    accs = []
    with torch.no_grad():
        for images, labels in loader:
            preds = model(images).argmax(dim=1)
            accs.append((preds == labels).float().mean().item())
    return sum(accs) / len(accs)
""",
        r"batch",
    ),
    "accuracy divides by 10000": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / 10000
""",
        r"divide|10000|number of images",
    ),
    "accuracy batch size times len": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / (len(loader) * loader.batch_size)
""",
        r"batch|divide",
    ),
    "accuracy round": (
        "digits",
        "accuracy",
        """\
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return round(correct / seen, 2)
""",
        r"round",
    ),
    "predict normalises": (
        "digits",
        "predict",
        """\
def predict(model, image):
    model.eval()
    image = (image - 0.1307) / 0.3081
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
""",
        r"unchanged|ready|as it is",
    ),
    "loader drop last": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, drop_last=True)
""",
        r"drop_last",
    ),
    "normalise train only": (
        "digits",
        "dataset",
        """\
def load_digits(root, train):
    if train:
        t = transforms.Compose([transforms.RandomRotation(10), transforms.ToTensor()])
    else:
        t = transforms.ToTensor()
    return datasets.MNIST(root, train=train, download=True, transform=t)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
""",
        r"twice|same|random|Rotation",
    ),
    "mse sum over fixed count": (
        "gradient_descent",
        "tensors",
        """\
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).sum() / 8
""",
        r"mean|number of points|divide",
    ),
    "slope is the valleys": (
        "gradient_descent",
        "derivative",
        """\
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    return slope_by_hand(w)
""",
        r"\bf\b",
    ),
    "descend ignores f": (
        "gradient_descent",
        "descent",
        """\
def descend(f, start, learning_rate, steps):
    w = float(start)
    path = [w]
    for i in range(steps):
        w = w - learning_rate * slope_by_hand(w)
        path.append(w)
    return path
""",
        r"\bf\b",
    ),
    "bowl grad kept": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for i in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        path.append(place.detach().clone())
    return torch.stack(path)
""",
        r"grad = None|zero_|adds",
    ),
    "bowl normalises gradient": (
        "gradient_descent",
        "bowl",
        """\
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for i in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad / place.grad.norm()
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
""",
        r"plain|learning_rate|length",
    ),
    "slide square only": (
        "convolution",
        "slide",
        """\
def slide(image, weights):
    n = image.shape[0] - weights.shape[0] + 1
    k = weights.shape[0]
    out = torch.zeros(n, n)
    for i in range(n):
        for j in range(n):
            out[i, j] = (image[i:i+k, j:j+k] * weights).sum()
    return out
""",
        r"shape|wide|height|square",
    ),
    "cnn no dropout": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return self.out(self.maps(images).flatten(1))
""",
        r"[dD]ropout",
    ),
    "cnn dropout functional": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return self.out(F.dropout(self.maps(images).flatten(1), 0.25))
""",
        r"self\.training|nn\.Dropout",
    ),
    "cnn same layer twice softmax": (
        "convolution",
        "network",
        """\
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        return F.max_pool2d(F.relu(self.conv2(x)), 2)

    def forward(self, images):
        return F.softmax(self.out(self.drop(self.maps(images).flatten(1))), dim=1)
""",
        r"softmax",
    ),
    "shifts only positive": (
        "convolution",
        "shifts",
        """\
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    moved = []
    for picture in wide:
        top, left = torch.randint(0, most + 1, (2,)).tolist()
        moved.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(moved)
""",
        r"-most|both|left|right|up|down",
    ),
    "shifts end missing": (
        "convolution",
        "shifts",
        """\
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    moved = []
    for picture in wide:
        top, left = torch.randint(0, 2 * most, (2,)).tolist()
        moved.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(moved)
""",
        r"\+ 1|end|never",
    ),
    "shifts diagonal": (
        "convolution",
        "shifts",
        """\
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    moved = []
    for picture in wide:
        s = torch.randint(0, 2 * most + 1, (1,)).item()
        moved.append(picture[:, s:s + 28, s:s + 28])
    return torch.stack(moved)
""",
        r"own|another|second|diagonal|two numbers",
    ),
    "train change once": (
        "convolution",
        "train",
        """\
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    batches = []
    for images, labels in loader:
        if change is not None:
            images = change(images)
        batches.append((images, labels))
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
""",
        r"every|each epoch|again",
    ),
    "conv train no mode": (
        "convolution",
        "train",
        """\
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            if change is not None:
                images = change(images)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
""",
        r"train\(\)",
    ),
}
