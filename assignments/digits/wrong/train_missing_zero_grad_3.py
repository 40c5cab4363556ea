r"""Names zero_grad without its parentheses.

fails: train
hint: missing-zero-grad
says: zero_grad\(\)
"""
# %% extra
from torch import optim


def one_step(model, optimizer, batch):
    images, labels = batch
    optimizer.zero_grad
    loss = F.nll_loss(F.log_softmax(model(images), dim=1), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


# %% train
def train(model, loader, epochs):
    optimizer = optim.AdamW(model.parameters(), lr=1e-3)
    losses = []
    for epoch in range(epochs):
        model.train()
        sums = [(one_step(model, optimizer, batch), len(batch[1])) for batch in loader]
        losses.append(sum(loss * n for loss, n in sums) / sum(n for _, n in sums))
        print(f"epoch {epoch + 1}: {losses[-1]:.4f}")
    return losses
