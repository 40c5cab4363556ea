"""A fixed random projection, kept as a buffer, feeds one Linear layer that learns."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, n_features=400):
        super().__init__()
        self.register_buffer("projection", torch.randn(784, n_features) * 0.1)
        self.readout = nn.Linear(n_features, 10)

    def forward(self, x):
        return self.readout(torch.cos(x.flatten(1) @ self.projection))
