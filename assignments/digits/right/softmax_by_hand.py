"""Nothing from torch.nn but Module and Parameter: einsum layers, own softmax, own loss, own SGD."""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        self.files = datasets.MNIST(root, train=train, download=True)

    def __len__(self):
        return len(self.files.targets)

    def __getitem__(self, i):
        pixels = self.files.data[i].float() / 255
        return pixels.reshape(1, 28, 28), self.files.targets[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden=120):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(28, 28, hidden) / 28)
        self.b1 = nn.Parameter(torch.zeros(hidden))
        self.w2 = nn.Parameter(torch.randn(hidden, 10) / hidden**0.5)
        self.b2 = nn.Parameter(torch.zeros(10))

    def forward(self, images):
        h = torch.einsum("bcij,ijh->bh", images, self.w1) + self.b1
        h = torch.where(h > 0, h, torch.zeros_like(h))
        return torch.einsum("bh,hk->bk", h, self.w2) + self.b2


# %% train
def softmax(scores):
    # the largest score is taken off first, otherwise exp may overflow
    e = torch.exp(scores - scores.max(dim=1, keepdim=True).values)
    return e / e.sum(dim=1, keepdim=True)


def my_cross_entropy(scores, labels):
    p = softmax(scores)
    right = p[torch.arange(len(labels)), labels]
    return -torch.log(right + 1e-12).mean()


def train(model, loader, epochs, lr=0.1):
    losses = []
    for epoch in range(epochs):
        model.train()
        batch_losses = []
        for images, labels in loader:
            loss = my_cross_entropy(model(images), labels)
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= lr * parameter.grad
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses


# %% accuracy
def accuracy(model, loader):
    model.eval()
    right = 0
    seen = 0
    with torch.no_grad():
        for images, labels in loader:
            guesses = torch.argmax(softmax(model(images)), dim=1)
            right += (guesses == labels).sum().item()
            seen += images.shape[0]
    return right / seen


# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        p = softmax(model(image.reshape(1, 1, 28, 28)))[0]
    best = 0
    for digit in range(10):
        if p[digit] > p[best]:
            best = digit
    return best
