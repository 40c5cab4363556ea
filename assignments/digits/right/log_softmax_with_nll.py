"""The model ends in log_softmax and train uses NLLLoss."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        return F.log_softmax(self.fc2(x), dim=1)
# %% train
def train(model, loader, epochs):
    criterion = nn.NLLLoss()
    optimizer = torch.optim.Adam(model.parameters())
    history = []
    for epoch in range(epochs):
        model.train()
        running_loss = 0.0
        for data, target in loader:
            optimizer.zero_grad()
            output = model(data)
            loss = criterion(output, target)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        history.append(running_loss / len(loader))
    return history
