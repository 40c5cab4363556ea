"""F.dropout that asks self.training, dropout on the image too."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 200)
        self.fc2 = nn.Linear(200, 10)

    def forward(self, x):
        x = F.dropout(x, p=0.1, training=self.training)
        x = F.relu(self.fc1(x.flatten(1)))
        x = F.dropout(x, p=0.5, training=self.training)
        return self.fc2(x)
