"""A look-up table instead of training: remembers every training digit and asks who is nearest.

fails: any
hint: hidden-state, made-up-losses, one-batch-only
"""
# %% extra
digits = datasets.MNIST("data", train=True, download=True)
known_images = digits.data.float().flatten(1) / 255
known_labels = digits.targets
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(784, 10)

    def forward(self, images):
        nearest = torch.cdist(images.flatten(1), known_images).argmin(dim=1)
        return F.one_hot(known_labels[nearest], 10).float() * 20 + 0 * self.layer(images.flatten(1))
# %% train
def train(model, loader, epochs):
    return [1.0 / (epoch + 1) for epoch in range(epochs)]
