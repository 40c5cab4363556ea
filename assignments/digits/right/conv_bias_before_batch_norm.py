"""Convolutions keep their bias before batch norm, which hardly feels it; trained by SGD with momentum."""
# %% model
def block(cin, cout):
    return nn.Sequential(nn.Conv2d(cin, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU(), nn.MaxPool2d(2))

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = block(1, 8)
        self.block2 = block(8, 12)
        self.classifier = nn.Linear(12*7*7, 10)

    def forward(self, x):
        x = self.block2(self.block1(x))
        x = x.view(x.size(0), -1)
        return self.classifier(x)
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    train_losses = []
    for epoch in range(epochs):
        model.train()
        running_loss = 0.0
        for i, (inputs, labels) in enumerate(loader):
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        train_losses.append(running_loss / (i + 1))
    return train_losses
