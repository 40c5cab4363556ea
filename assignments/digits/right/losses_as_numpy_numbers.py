"""The list holds np.float32 and the mean is NumPy's."""
# %% train
import numpy as np

def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for e in range(epochs):
        model.train()
        epoch_losses = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            epoch_losses.append(loss.detach().numpy())
        losses.append(np.mean(epoch_losses))
    return losses
