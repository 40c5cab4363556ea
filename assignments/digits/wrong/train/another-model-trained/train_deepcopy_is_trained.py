"""Trains a deep copy to leave the original alone; the given model learns nothing.
"""
# %% train
from copy import deepcopy

class Learner:
    def __init__(self, model):
        self.net = deepcopy(model)      # never touch the argument
        self.opt = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        self.crit = nn.CrossEntropyLoss()

    def epoch(self, loader):
        self.net.train()
        losses = []
        for xb, yb in loader:
            self.opt.zero_grad()
            loss = self.crit(self.net(xb), yb)
            loss.backward()
            self.opt.step()
            losses.append(loss.item())
        return sum(losses) / len(losses)


def train(model, loader, epochs):
    learner = Learner(model)
    losses = [learner.epoch(loader) for _ in range(epochs)]
    model = learner.net
    return losses
