"""Nine scores.

hint: not-ten-scores
also: whole
"""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 9)

    def maps(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return x

    def forward(self, x):
        x = self.maps(x)
        x = x.flatten(1)
        x = self.drop(x)
        return self.out(x)
