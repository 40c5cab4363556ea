"""Batch norm with track_running_stats=False: in eval mode each image still depends on its neighbours.
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(784, 128, bias=False)
        # eval mode gave me strange results, without running stats it was better
        self.bn1 = nn.BatchNorm1d(128, track_running_stats=False)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images):
        x = self.flatten(images)
        x = torch.relu(self.bn1(self.fc1(x)))
        return self.fc2(x)
