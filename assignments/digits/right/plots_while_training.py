"""train draws its loss curve with matplotlib and closes the figure; an extra cell uses names of the demo cells."""
# %% train
import matplotlib.pyplot as plt

def plot(values):
    fig, ax = plt.subplots()
    ax.plot(range(1, len(values) + 1), values, marker="o")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    plt.show()
    plt.close(fig)

def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    if __name__ == "__main__":
        plot(losses)
    return losses
# %% extra
# wrong digits: which ones does my model confuse?
confused = [(i, predict(model, x), y) for i, (x, y) in enumerate(test_set) if predict(model, x) != y]
print(len(confused), "wrong digits")
plot(losses)
