"""The class has another name, DigitClassifier is its second name."""
# %% model
class MLP(nn.Module):
    def __init__(self, d_in=784, d_hidden=128, d_out=10):
        super().__init__()
        self.lin1 = nn.Linear(d_in, d_hidden)
        self.lin2 = nn.Linear(d_hidden, d_out)

    def forward(self, x):
        return self.lin2(F.relu(self.lin1(x.flatten(1))))

DigitClassifier = MLP
