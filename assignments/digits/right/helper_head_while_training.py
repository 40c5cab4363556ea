"""A helper head on the first layer joins the scores while training only; in eval mode the deep head speaks alone."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(784, 128)
        self.second = nn.Linear(128, 64)
        self.head = nn.Linear(64, 10)
        self.helper = nn.Linear(128, 10)

    def forward(self, images):
        early = F.relu(self.first(images.flatten(1)))
        scores = self.head(F.relu(self.second(early)))
        if self.training:
            return 0.7 * scores + 0.3 * self.helper(early)
        return scores
