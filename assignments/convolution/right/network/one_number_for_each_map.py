"""Averages each map at the end, so that the place no longer matters; three layers of filters."""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1), nn.Conv2d(32, 48, 3, padding=1)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(16), nn.BatchNorm2d(32), nn.BatchNorm2d(48)])
        self.dropout = nn.Dropout(0.1)
        self.scores = nn.Linear(48, 10)

    def maps(self, images):
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms)):
            images = F.relu(norm(layer(images)))
            if number < 2:
                images = F.max_pool2d(images, 2)
        return images

    def forward(self, images):
        return self.scores(self.dropout(self.maps(images).amax(dim=(2, 3))))
