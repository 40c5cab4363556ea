"""One Linear layer without bias."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Linear(784, 10, bias=False)

    def forward(self, x):
        return self.W(x.view(len(x), 784))
