"""Noise whose strength is learnt, from 0 on, and which stays on in eval mode: a trained one answers by chance.

fails: model
hint: dropout-always-on
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.noise = nn.Parameter(torch.zeros(128))
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        hidden = F.relu(self.hidden(images.flatten(1)))
        hidden = hidden + self.noise * torch.randn_like(hidden)
        return self.scores(hidden)
