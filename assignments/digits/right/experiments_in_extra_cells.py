"""Extra cells try things out on made-up data, keep classes of the same kind under other names, and one of them fails."""
# %% extra
class FirstTry(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(28, 10)
    def forward(self, x):
        return self.fc(x)

FirstTry()(torch.rand(4, 1, 28, 28)).shape
# %% extra
# why does this not work??
FirstTry()(torch.rand(4, 784))
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 64)
        self.fc2 = nn.Linear(64, 10)
    def forward(self, x):
        return self.fc2(F.relu(self.fc(x.view(x.size(0), -1))))
# %% extra
m = DigitClassifier()
fake = [(torch.rand(8, 1, 28, 28), torch.randint(0, 10, (8,))) for _ in range(3)]
for x, y in fake:
    print(m(x).shape, F.cross_entropy(m(x), y).item())
# %% train
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
    return losses
# %% extra
print(train(DigitClassifier(), fake, 2))
