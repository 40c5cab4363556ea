"""A GRU reads the image row by row.

calibrate: yes
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(input_size=28, hidden_size=48, batch_first=True)
        self.fc = nn.Linear(48, 10)

    def forward(self, x):
        x = x.squeeze(dim=1)
        out, h_n = self.gru(x)
        return self.fc(out[:, -1, :])
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
            optimizer.step()
            total += loss.item() * labels.shape[0]
            count += labels.shape[0]
        losses.append(total / count)
    return losses
