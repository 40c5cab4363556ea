"""Highway layers: a gate decides how much of the input passes."""
# %% model
class Highway(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.transform = nn.Linear(n, n)
        self.gate = nn.Linear(n, n)
        nn.init.constant_(self.gate.bias, -1.0)

    def forward(self, x):
        t = torch.sigmoid(self.gate(x))
        return t * torch.relu(self.transform(x)) + (1 - t) * x

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(784, 64)
        self.h1 = Highway(64)
        self.h2 = Highway(64)
        self.classify = nn.Linear(64, 10)

    def forward(self, x):
        return self.classify(self.h2(self.h1(self.project(x.flatten(1)))))
