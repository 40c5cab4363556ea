"""partial, reduce, compose and operator; no class but the one that is asked for."""
# %% extra
from functools import partial, reduce
from itertools import starmap
from operator import add, itemgetter

compose = lambda *fs: reduce(lambda f, g: lambda *a: g(f(*a)), fs)
pairwise_sum = lambda rows: reduce(lambda a, b: tuple(map(add, a, b)), rows)

# %% dataset
to_tensor = compose(transforms.PILToTensor(), lambda t: t.to(torch.float32), lambda t: t.div(255))
part = partial(datasets.MNIST, download=True, transform=to_tensor)


def load_digits(root, train):
    return part(root, train=train)


make_loader = partial(DataLoader)

# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = (784, 128, 10)
        self.maps = nn.ModuleList(starmap(nn.Linear, zip(sizes[:-1], sizes[1:])))

    def forward(self, images):
        *hidden, last = self.maps
        return last(reduce(lambda x, f: f(x).relu(), hidden, images.flatten(1)))


# %% train
def step(model, loss_of, optimizer, batch):
    images, labels = batch
    loss = loss_of(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item() * len(labels), len(labels)


def train(model, loader, epochs):
    learn = partial(step, model, F.cross_entropy, torch.optim.Adamax(model.parameters(), lr=0.004))

    def epoch(_):
        model.train()
        total, seen = pairwise_sum(map(learn, loader))
        return total / seen

    return list(map(epoch, range(epochs)))


# %% accuracy
answers = compose(itemgetter(1), lambda best: best.flatten())


def count(model, batch):
    images, labels = batch
    with torch.no_grad():
        return int((answers(model(images).max(dim=1)) == labels).sum()), len(labels)


def accuracy(model, loader):
    hits, seen = pairwise_sum(map(partial(count, model.eval()), loader))
    return hits / seen


# %% predict
def predict(model, image):
    with torch.no_grad():
        return compose(model.eval(), partial(torch.argmax, dim=1), int)(image.unsqueeze(0))
