"""DigitClassifier derives from nn.Sequential and names its layers in an OrderedDict; LeakyReLU and two hidden layers."""
# %% model
from collections import OrderedDict

class DigitClassifier(nn.Sequential):
    def __init__(self, sizes=(784, 128, 64, 10)):
        parts = OrderedDict(flat=nn.Flatten())
        for n, (a, b) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            parts[f"fc{n}"] = nn.Linear(a, b)
            if b != sizes[-1]:
                parts[f"act{n}"] = nn.LeakyReLU(0.1)
        super().__init__(parts)
