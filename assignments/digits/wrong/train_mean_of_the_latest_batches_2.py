"""Learns on a copy of the model, and returns the mean of the latest 20 batches as the epoch's.

fails: train
hint: last-batch-loss-only
"""
# %% train
import copy

def train(model, loader, epochs):
    learner = copy.deepcopy(model)
    optimizer = torch.optim.Adam(learner.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        learner.train()
        latest = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(learner(images), labels)
            loss.backward()
            optimizer.step()
            latest = [*latest, loss.item()][-20:]
        losses.append(sum(latest) / len(latest))
    model.load_state_dict(learner.state_dict())
    return losses
