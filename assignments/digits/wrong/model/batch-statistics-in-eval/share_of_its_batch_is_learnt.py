"""How much of its own batch's mean is taken off is learnt, from 0 on: only a trained model mixes its images.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.share = nn.Parameter(torch.zeros(128))
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        hidden = F.relu(self.hidden(images.flatten(1)))
        hidden = hidden - 10 * self.share * hidden.mean(dim=0)
        return self.scores(hidden)
