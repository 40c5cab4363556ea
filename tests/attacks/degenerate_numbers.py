"""NaN for every score, an infinite accuracy, a complex digit.

assignment: digits
status: graded
points: 12
seconds: 60
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 10)

    def forward(self, images):
        return self.hidden(images.flatten(1)) * float("nan")
# %% accuracy
def accuracy(model, loader):
    return float("nan")
# %% predict
def predict(model, image):
    return complex(3, 0)
