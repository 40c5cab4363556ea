"""Takes the batch's own mean off where there are enough images.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        if len(images) > 100:
            images = images - images.mean(dim=0)
        return self.scores(torch.relu(self.hidden(images.flatten(1))))
