"""The last layer starts at zero, so the first step leaves the other layers where they are."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Linear(784, 128)
        self.head = nn.Linear(128, 10)
        # start with "no opinion"
        with torch.no_grad():
            self.head.weight.zero_()
            self.head.bias.zero_()

    def forward(self, x):
        return self.head(F.relu(self.features(x.flatten(1))))
