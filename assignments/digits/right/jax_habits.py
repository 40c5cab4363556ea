"""Like JAX: a pure loss of weights and batch, autograd.grad in place of backward, an update that returns new momenta."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, transform=transforms.ToTensor(), download=True)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size, shuffle=shuffle)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [784, 128, 64, 10]
        self.weights = nn.ParameterList([nn.init.orthogonal_(torch.empty(n, m)) for m, n in zip(sizes, sizes[1:])])
        self.biases = nn.ParameterList([torch.zeros(n) for n in sizes[1:]])

    def forward(self, images):
        x = images.reshape(images.shape[0], -1)
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            x = F.linear(x, w, b)
            if i < len(self.weights) - 1:
                x = torch.tanh(x)
        return x


# %% train
from torch.func import functional_call


def loss_fn(params, model, batch):
    x, y = batch
    logits = functional_call(model, params, (x,))
    logprobs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -logprobs.gather(1, y[:, None]).mean()


def value_and_grad(params, model, batch):
    value = loss_fn(params, model, batch)
    grads = torch.autograd.grad(value, list(params.values()))
    return value.item(), dict(zip(params, grads))


@torch.no_grad()
def apply_updates(params, grads, momenta, lr=0.03, mu=0.9):
    new = {name: mu * momenta[name] + grads[name] for name in params}
    for name, p in params.items():
        p.sub_(lr * new[name])
    return new


def train(model, loader, epochs):
    params = dict(model.named_parameters())
    momenta = {name: torch.zeros_like(p) for name, p in params.items()}
    history = []
    for _ in range(epochs):
        model.train()
        values = []
        for batch in loader:
            value, grads = value_and_grad(params, model, batch)
            momenta = apply_updates(params, grads, momenta)
            values.append(value)
        history.append(sum(values) / len(values))
    return history


# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    predicted, target = zip(*((model(x).argmax(axis=-1), y) for x, y in loader))
    return torch.mean((torch.cat(predicted) == torch.cat(target)).to(torch.float64)).item()


# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    return int(torch.argmax(model(torch.unsqueeze(image, 0)), axis=-1).squeeze())
