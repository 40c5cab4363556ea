"""Trains a global model of its own cell.

fails: train
hint: another-model-trained
"""
# %% extra
net = DigitClassifier()
optimiser = torch.optim.AdamW(net.parameters(), lr=0.002)

# %% train
def train_epoch(batches):
    net.train()
    summed, count = 0.0, 0
    for images, labels in batches:
        optimiser.zero_grad()
        loss = nn.CrossEntropyLoss()(net(images), labels)
        loss.backward()
        optimiser.step()
        summed += loss.item() * len(labels)
        count += len(labels)
    return summed / count


def train(model, loader, epochs):
    return [train_epoch(loader) for _ in range(epochs)]
