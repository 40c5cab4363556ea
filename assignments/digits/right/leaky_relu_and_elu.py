"""LeakyReLU and ELU, both as modules and as functions."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.first = nn.Linear(784, 120)
        self.leaky = nn.LeakyReLU(negative_slope=0.1, inplace=True)
        self.second = nn.Linear(120, 84)
        self.third = nn.Linear(84, 10)

    def forward(self, x):
        x = self.leaky(self.first(self.flatten(x)))
        x = F.elu(self.second(x), alpha=0.5)
        return self.third(x)
