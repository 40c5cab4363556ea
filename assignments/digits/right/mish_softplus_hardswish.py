"""Three activations that one rarely sees together."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1, self.l2, self.l3, self.l4 = nn.Linear(784, 100), nn.Linear(100, 60), nn.Linear(60, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.mish(self.l1(x.flatten(1)))
        x = F.softplus(self.l2(x))
        x = F.hardswish(self.l3(x))
        return self.l4(x)
