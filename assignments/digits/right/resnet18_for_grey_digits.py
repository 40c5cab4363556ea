"""torchvision's ResNet-18, untrained, with a first layer for grey images and ten scores.

advice: oversized-model
"""
# %% model
from torchvision.models import resnet18

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = resnet18(weights=None, num_classes=10)
        self.net.conv1 = nn.Conv2d(1, 64, 3, padding=1, bias=False)

    def forward(self, images):
        return self.net(images)
