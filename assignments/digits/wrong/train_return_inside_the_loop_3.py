"""A while loop over the epochs ends with return in its body.

fails: train
hint: return-inside-the-loop
says: return
"""
# %% train
def train(model, loader, epochs, verbose=True):
    """Fit the model; give back one mean loss for each epoch."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    mean_losses, epoch = [], 0
    while epoch < epochs:
        model.train()
        sums = [0.0, 0]
        for images, labels in loader:
            log_probs = F.log_softmax(model(images), dim=1)
            loss = F.nll_loss(log_probs, labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            sums[0] += float(loss) * len(labels)
            sums[1] += len(labels)
        epoch += 1
        mean_losses.append(sums[0] / sums[1])
        if verbose:
            print("epoch", epoch, "loss", mean_losses[-1])
        return mean_losses
    return mean_losses
