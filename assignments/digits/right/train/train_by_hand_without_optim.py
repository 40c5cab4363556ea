"""Gradient descent by hand, as in the demo with w, and a cross-entropy written with logsumexp."""
# %% train
def my_cross_entropy(scores, labels):
    right_scores = scores.gather(1, labels.view(-1, 1)).squeeze(1)
    return (torch.logsumexp(scores, dim=1) - right_scores).mean()


def train(model, loader, epochs):
    lr = 0.1
    model.zero_grad()      # nothing left over from before
    model.train()
    mean_losses = []

    for epoch in range(epochs):
        loss_sum = 0.0
        number_of_batches = 0

        for images, labels in loader:
            # 1. how wrong are we
            loss = my_cross_entropy(model(images), labels)
            # 2. which way is downhill
            loss.backward()
            # 3. small step, then forget the gradient
            with torch.no_grad():
                for p in model.parameters():
                    if p.grad is not None:
                        p -= lr * p.grad
                        p.grad = None

            loss_sum = loss_sum + loss.item()
            number_of_batches = number_of_batches + 1

        mean_losses.append(loss_sum / number_of_batches)

    return mean_losses
