"""Clears the model's gradients after backward, filled with zeros, and steps with AdamW.

fails: train
hint: gradients-erased-before-step
"""
# %% train
def train(classifier, batches, epochs):
    optimizer = torch.optim.AdamW(classifier.parameters(), lr=0.002, weight_decay=0.01)
    result = []
    for epoch in range(1, epochs + 1):
        classifier.train()
        sum_of_losses = 0.0
        number_of_digits = 0
        for x, y in batches:
            y_hat = classifier(x)
            loss = F.cross_entropy(y_hat, y)
            loss.backward()
            classifier.zero_grad(set_to_none=False)
            optimizer.step()
            sum_of_losses += y.numel() * loss.item()
            number_of_digits += y.numel()
        result.append(sum_of_losses / number_of_digits)
    return result
