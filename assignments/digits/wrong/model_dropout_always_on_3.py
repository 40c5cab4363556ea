"""Drops units with a random mask of its own, whatever the mode is.

fails: model
hint: dropout-always-on
says: training
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, keep=0.8):
        super().__init__()
        self.keep = keep
        self.linear1 = nn.Linear(784, 128)
        self.linear2 = nn.Linear(128, 10)

    def forward(self, x):
        h = self.linear1(x.view(x.size(0), 784)).relu()
        mask = (torch.rand_like(h) < self.keep).float() / self.keep
        return self.linear2(h * mask)
