"""All layers lie in one nn.Sequential attribute; super is called in the old way."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super(DigitClassifier, self).__init__()
        self.net = nn.Sequential(
            nn.Flatten(start_dim=1),
            nn.Linear(28*28, 512),
            nn.ReLU(inplace=True),
            nn.Linear(512, 10)
        )

    def forward(self, x):
        logits = self.net(x)
        return logits
