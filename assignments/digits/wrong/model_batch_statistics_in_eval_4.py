"""Centres each hidden unit by its mean over the current batch.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1 = nn.Linear(784, 128)
        self.linear2 = nn.Linear(128, 10)

    def forward(self, images):
        h = self.linear1(images.reshape(-1, 784))
        h = h - h.mean(dim=0)
        return self.linear2(torch.relu(h))
