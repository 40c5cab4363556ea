r"""Keeps each epoch's mean as a tensor of one element.

fails: train
hint: losses-kept-as-tensors
says: \.item\(\)
"""
# %% train
def run_epoch(model, loader, optimizer):
    model.train()
    loss_sum = torch.zeros(1)
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        loss_sum += loss.data * len(labels)
    return loss_sum / len(loader.dataset)


def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    return [run_epoch(model, loader, optimizer) for _ in range(epochs)]
