"""A Linear layer, bent into pictures.

says: Conv2d
"""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 16 * 7 * 7)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, x):
        return F.relu(self.hidden(x.flatten(1))).view(-1, 16, 7, 7)

    def forward(self, x):
        return self.out(self.drop(self.maps(x).flatten(1)))
