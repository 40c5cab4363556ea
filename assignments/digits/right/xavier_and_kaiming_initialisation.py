"""Kaiming weights before ReLU, Xavier weights for the scores."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden1 = nn.Linear(784, 128)
        self.hidden2 = nn.Linear(128, 128)
        self.output = nn.Linear(128, 10)
        nn.init.kaiming_normal_(self.hidden1.weight, nonlinearity="relu")
        nn.init.kaiming_uniform_(self.hidden2.weight, nonlinearity="relu")
        nn.init.xavier_uniform_(self.output.weight)
        for layer in self.children():
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.view(x.shape[0], -1)
        x = self.hidden1(x).clamp(min=0)
        x = self.hidden2(x).clamp(min=0)
        return self.output(x)
