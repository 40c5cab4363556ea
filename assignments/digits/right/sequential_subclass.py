"""DigitClassifier derives from nn.Sequential and has no forward of its own."""
# %% model
class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Flatten(),
            nn.Linear(784, 100),
            nn.ReLU(),
            nn.Linear(100, 10),
        )
