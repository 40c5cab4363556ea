"""A small Learner with callbacks, as fast.ai teaches it; the five stubs are thin names for it."""
# %% extra
from operator import attrgetter


class Callback:
    order = 0


class TrainCB(Callback):
    def before_epoch(self, learn):
        learn.model.train()


class MeanLossCB(Callback):
    order = 1

    def before_fit(self, learn):
        self.means = []

    def before_epoch(self, learn):
        self.tot, self.n = 0.0, 0

    def after_batch(self, learn):
        self.tot += learn.loss.detach() * len(learn.xb)
        self.n += len(learn.xb)

    def after_epoch(self, learn):
        self.means.append((self.tot / self.n).item())


class Learner:
    def __init__(self, model, dl, loss_func=F.cross_entropy, opt_func=torch.optim.Adam, lr=3e-3, cbs=()):
        self.model, self.dl, self.loss_func, self.lr = model, dl, loss_func, lr
        self.opt = opt_func(model.parameters(), lr)
        self.cbs = sorted(cbs, key=attrgetter("order"))

    def __call__(self, name):
        for cb in self.cbs:
            getattr(cb, name, lambda learn: None)(self)

    def one_batch(self):
        self.preds = self.model(self.xb)
        self.loss = self.loss_func(self.preds, self.yb)
        self.loss.backward()
        self.opt.step()
        self.opt.zero_grad()

    def fit(self, n):
        self("before_fit")
        for self.epoch in range(n):
            self("before_epoch")
            for self.xb, self.yb in self.dl:
                self.one_batch()
                self("after_batch")
            self("after_epoch")


# %% dataset
def load_digits(root, train):
    tfms = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])
    return datasets.MNIST(root, train=train, download=True, transform=tfms)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


# %% model
def conv(ni, nf, ks=3, act=True):
    layers = [nn.Conv2d(ni, nf, ks, stride=2, padding=ks // 2)]
    if act:
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)


class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            conv(1, 8, 5),
            conv(8, 16),
            conv(16, 32),
            conv(32, 32),
            conv(32, 10, act=False),
            nn.Flatten(),
        )


# %% train
def train(model, loader, epochs):
    rec = MeanLossCB()
    Learner(model, loader, cbs=[rec, TrainCB()]).fit(epochs)
    return rec.means


# %% accuracy
def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        hits = torch.cat([model(xb).argmax(dim=1) == yb for xb, yb in loader])
    return hits.double().mean().item()


# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return int(model(image[None]).argmax(1)[0])
