r"""Leaves backward out while clipping, stepping and scheduling as usual.

fails: train
hint: missing-backward
says: backward\(\)
"""
# %% train
from torch.optim.lr_scheduler import StepLR


def train(model, loader, epochs, lr=0.002):
    optimizer = torch.optim.RMSprop(model.parameters(), lr=lr)
    scheduler = StepLR(optimizer, step_size=5, gamma=0.7)
    losses = []
    for epoch in range(epochs):
        model.train(True)
        total = torch.zeros(())
        for data, target in loader:
            output = F.log_softmax(model(data), dim=1)
            loss = F.nll_loss(output, target)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            optimizer.zero_grad()
            total += loss.detach() * len(data)
        scheduler.step()
        losses.append(float(total) / len(loader.dataset))
    return losses
