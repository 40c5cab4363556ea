"""Convolutions over rows: each image is a sequence of 28 vectors."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_a = nn.Conv1d(28, 32, 3, padding=1)
        self.conv_b = nn.Conv1d(32, 32, 3, padding=1)
        self.instance_norm = nn.InstanceNorm1d(32, affine=True)
        self.head = nn.Linear(32 * 28, 10)

    def forward(self, x):
        x = x.squeeze(1)            # only the channel goes, never the batch
        x = F.relu(self.conv_a(x))
        x = F.relu(self.instance_norm(self.conv_b(x)))
        return self.head(x.flatten(1))
