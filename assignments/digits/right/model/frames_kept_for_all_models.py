"""A frame for each image size is made when it is first needed and kept in a dict that all models share."""
# %% model
FRAMES = {}


def frame_of(size):
    """Weights that fall from the middle to the edge; nothing in them is learnt."""
    if size not in FRAMES:
        down, right = (torch.linspace(-1, 1, length) for length in size)
        FRAMES[size] = torch.exp(-(down[:, None] ** 2 + right[None] ** 2) / 2)
    return FRAMES[size]


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.scores = nn.Linear(28 * 28, 100), nn.Linear(100, 10)

    def forward(self, images):
        framed = images * frame_of(tuple(images.shape[-2:]))
        return self.scores(F.relu(self.hidden(framed.flatten(1))))
