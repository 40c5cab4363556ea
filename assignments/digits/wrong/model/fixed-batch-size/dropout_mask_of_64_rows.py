"""Makes its dropout mask for 64 images: larger batches fail, in training mode only.

fails: model
hint: fixed-batch-size
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        hidden = F.relu(self.hidden(images.flatten(1)))
        if self.training:
            mask = torch.bernoulli(torch.full((64, 128), 0.8, device=images.device)) / 0.8
            hidden = hidden * mask[: len(hidden)]
        return self.scores(hidden)
