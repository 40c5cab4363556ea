"""PReLU, whose slope is a parameter that learns too."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 128)
        self.act = nn.PReLU()
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        return self.out(self.act(self.fc(x.flatten(1))))
