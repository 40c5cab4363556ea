"""A Sequential whose last layer is nn.Softmax.

fails: model
hint: softmax-before-cross-entropy
says: softmax
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.stack = nn.Sequential(
            nn.Flatten(),
            nn.Linear(28 * 28, 256),
            nn.ReLU(),
            nn.Linear(256, 10),
            nn.Softmax(dim=-1),
        )

    def forward(self, images):
        return self.stack(images)
