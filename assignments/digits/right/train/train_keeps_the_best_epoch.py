"""Remembers the weights of the epoch with the lowest mean loss and loads them at the end."""
# %% train
import copy
import time

def train(model, loader, epochs):
    since = time.time()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001)

    best_loss = float("inf")
    best_weights = None
    losses = []

    for epoch in range(epochs):
        model.train()
        running_loss = 0.0
        running_corrects = 0
        n = 0
        for inputs, labels in loader:
            optimizer.zero_grad()
            with torch.set_grad_enabled(True):
                outputs = model(inputs)
                _, preds = torch.max(outputs, 1)
                loss = criterion(outputs, labels)
                loss.backward()
                optimizer.step()
            running_loss += loss.item() * inputs.size(0)
            running_corrects += torch.sum(preds == labels.data).item()
            n += inputs.size(0)

        epoch_loss = running_loss / n
        print(f"Epoch {epoch}/{epochs - 1}  Loss: {epoch_loss:.4f} Acc: {running_corrects / n:.4f}")
        losses.append(epoch_loss)
        if epoch_loss < best_loss:
            best_loss = epoch_loss
            best_weights = copy.deepcopy(model.state_dict())

    if best_weights is not None:
        model.load_state_dict(best_weights)
    print(f"done in {time.time() - since:.0f}s, best loss {best_loss:.4f}")
    return losses
