"""Sigmoid in the hidden layer, as in books of the nineties."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = nn.Linear(784, 128)
        self.w2 = nn.Linear(128, 10)
    def forward(self, image):
        a1 = torch.sigmoid(self.w1(image.flatten(1)))
        return self.w2(a1)
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, n = 0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * images.size(0)
            n += images.size(0)
        print(f"epoch {epoch + 1}: {total / n:.4f}")
        losses.append(total / n)
    return losses
