"""A second way through the network is added in training mode alone."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.helper = nn.Linear(784, 10)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        flat = images.flatten(1)
        scores = self.scores(torch.relu(self.hidden(flat)))
        if self.training:
            scores = scores + 0.3 * self.helper(flat)
        return scores
