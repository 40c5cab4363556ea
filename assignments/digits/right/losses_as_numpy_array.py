"""The losses come back as a NumPy array."""
# %% train
import numpy as np

def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    table = np.zeros((epochs, len(loader)))
    for e in range(epochs):
        model.train()
        for b, (images, labels) in enumerate(loader):
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            table[e, b] = loss.item()
    return table.mean(axis=1)
