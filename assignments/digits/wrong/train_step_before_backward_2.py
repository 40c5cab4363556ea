"""Swaps the lines of step and backward, after clearing the gradients.

fails: train
hint: step-before-backward
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    mean_losses = []
    for epoch in range(epochs):
        model.train()
        summed = 0.0
        for x, target in loader:
            optimizer.zero_grad()
            logits = model(x)
            loss = F.cross_entropy(logits, target)
            optimizer.step()
            loss.backward()
            summed += loss.item() * len(target)
        mean_losses.append(summed / len(loader.dataset))
    return mean_losses
