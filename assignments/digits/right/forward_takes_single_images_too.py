"""forward also accepts one image without a batch dimension and has an extra keyword-only argument."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden: int = 128, *, dropout: float = 0.2, **_unused):
        super().__init__()
        self.fc1 = nn.Linear(784, hidden)
        self.drop = nn.Dropout(dropout)
        self.fc2 = nn.Linear(hidden, 10)

    def forward(self, images: torch.Tensor, *, return_features: bool = False):
        if images.ndim == 3:
            images = images.unsqueeze(0)
        features = F.relu(self.fc1(images.flatten(1)))
        if return_features:
            return features
        return self.fc2(self.drop(features))
