"""Two blocks in nn.Sequential, with batch norm, dropout of whole maps."""


# %% network
def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.MaxPool2d(2, 2))

class DigitCNN(nn.Module):
    def __init__(self, channels=16):
        super().__init__()
        self.features = nn.Sequential(block(1, channels), block(channels, 2 * channels), nn.Dropout2d(0.1))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(2 * channels * 7 * 7, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, 10))

    def maps(self, images):
        return self.features(images)

    def forward(self, images):
        return self.classifier(self.maps(images))
