"""Joins the epochs' lists of batch losses into one long list.

fails: train
hint: one-loss-per-batch
says: per epoch|for each epoch
"""
# %% train
def epoch_losses(model, loader, optimizer):
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = F.nll_loss(model(images).log_softmax(1), labels)
        loss.backward()
        optimizer.step()
        yield loss.item()


def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        losses += list(epoch_losses(model, loader, optimizer))
    return losses
