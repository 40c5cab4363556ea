"""The image is padded and pooled to 14 x 14 before the first layer."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(14 * 14, 100)
        self.fc2 = nn.Linear(100, 10)

    def forward(self, x):
        smaller = F.max_pool2d(x, 2)
        return self.fc2(F.relu(self.fc1(smaller.view(-1, 196))))
