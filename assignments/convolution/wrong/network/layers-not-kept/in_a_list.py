"""Layers in a plain list.

says: plain list
"""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = [nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)]
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(16 * 7 * 7, 10)

    def maps(self, x):
        for conv in self.convs:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        return x

    def forward(self, x):
        return self.out(self.drop(self.maps(x).flatten(1)))
