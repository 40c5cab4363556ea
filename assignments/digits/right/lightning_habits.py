"""Written by somebody who is used to Lightning: a task with training_step and configure_optimizers, a Trainer that accumulates two batches."""
# %% extra
class DigitTask:
    """what would be a LightningModule; the network is passed in"""

    def __init__(self, net, lr=2e-3):
        self.net = net
        self.lr = lr
        self.logged = []

    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = F.cross_entropy(self.net(x), y)
        self.log("train_loss", loss, len(y))
        return loss

    def test_step(self, batch, batch_idx):
        x, y = batch
        return (self.net(x).argmax(-1) == y).sum().item(), y.shape[0]

    def predict_step(self, batch, batch_idx=0):
        return self.net(batch).argmax(-1)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.net.parameters(), lr=self.lr, weight_decay=0.01)

    def log(self, name, value, batch_size):
        self.logged.append((value.item(), batch_size))

    def on_train_epoch_end(self):
        total = sum(value * size for value, size in self.logged)
        count = sum(size for _, size in self.logged)
        self.logged.clear()
        return total / count


class Trainer:
    def __init__(self, max_epochs=1, accumulate_grad_batches=2, gradient_clip_val=1.0):
        self.max_epochs = max_epochs
        self.accumulate = accumulate_grad_batches
        self.clip = gradient_clip_val

    def fit(self, task, train_dataloader):
        optimizer = task.configure_optimizers()
        history = []
        for epoch in range(self.max_epochs):
            task.net.train()
            optimizer.zero_grad()
            last = len(train_dataloader) - 1
            for batch_idx, batch in enumerate(train_dataloader):
                loss = task.training_step(batch, batch_idx) / self.accumulate
                loss.backward()
                if (batch_idx + 1) % self.accumulate == 0 or batch_idx == last:
                    nn.utils.clip_grad_norm_(task.net.parameters(), self.clip)
                    optimizer.step()
                    optimizer.zero_grad()
            history.append(task.on_train_epoch_end())
        return history

    @torch.no_grad()
    def test(self, task, dataloader):
        task.net.eval()
        outputs = [task.test_step(batch, i) for i, batch in enumerate(dataloader)]
        hits, sizes = zip(*outputs)
        return sum(hits) / sum(sizes)


# %% dataset
class MNISTDataModule:
    def __init__(self, data_dir):
        self.data_dir = data_dir
        self.transform = transforms.ToTensor()

    def prepare_data(self):
        datasets.MNIST(self.data_dir, train=True, download=True)
        datasets.MNIST(self.data_dir, train=False, download=True)

    def setup(self, stage):
        return datasets.MNIST(self.data_dir, train=(stage == "fit"), transform=self.transform)


def load_digits(root, train):
    dm = MNISTDataModule(root)
    dm.prepare_data()
    return dm.setup("fit" if train else "test")


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, num_workers=0, pin_memory=False)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden_dim: int = 64):
        super().__init__()
        self.l1 = nn.Linear(28 * 28, hidden_dim)
        self.l2 = nn.Linear(hidden_dim, 10)

    def forward(self, x):
        batch_size, channels, height, width = x.size()
        x = x.view(batch_size, -1)
        return self.l2(torch.relu(self.l1(x)))


# %% train
def train(model, loader, epochs):
    return Trainer(max_epochs=epochs).fit(DigitTask(model), loader)


# %% accuracy
def accuracy(model, loader):
    return Trainer().test(DigitTask(model), loader)


# %% predict
def predict(model, image):
    task = DigitTask(model)
    task.net.eval()
    with torch.no_grad():
        return task.predict_step(image.unsqueeze(0)).item()
