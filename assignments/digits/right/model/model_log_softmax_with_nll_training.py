"""Model ends in log_softmax and training uses NLLLoss, as in the Udacity course."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 256)
        self.fc2 = nn.Linear(256, 128)
        self.fc3 = nn.Linear(128, 64)
        self.fc4 = nn.Linear(64, 10)
        self.dropout = nn.Dropout(p=0.2)

    def forward(self, x):
        # make sure input tensor is flattened
        x = x.view(x.shape[0], -1)
        x = self.dropout(F.relu(self.fc1(x)))
        x = self.dropout(F.relu(self.fc2(x)))
        x = self.dropout(F.relu(self.fc3(x)))
        # no dropout on the output
        return F.log_softmax(self.fc4(x), dim=1)
# %% train
from torch import optim

def train(model, loader, epochs):
    criterion = nn.NLLLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.003)
    train_losses = []
    for e in range(epochs):
        model.train()
        running_loss = 0
        for images, labels in loader:
            optimizer.zero_grad()
            log_ps = model(images)
            loss = criterion(log_ps, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        else:
            train_losses.append(running_loss / len(loader))
            print(f"Epoch {e + 1}/{epochs}.. Training loss: {train_losses[-1]:.3f}")
    return train_losses
