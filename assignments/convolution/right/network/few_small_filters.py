"""Four and eight filters, half of the numbers dropped: the least that may do.

calibrate: yes
"""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(1, 4, 3, padding=1)
        self.b = nn.Conv2d(4, 8, 3, padding=1)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(8 * 7 * 7, 10)

    def maps(self, x):
        return F.max_pool2d(F.relu(self.b(F.max_pool2d(F.relu(self.a(x)), 2))), 2)

    def forward(self, x):
        return self.out(self.drop(self.maps(x).flatten(start_dim=1)))
