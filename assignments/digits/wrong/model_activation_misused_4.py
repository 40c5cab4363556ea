r"""Keeps the class nn.ReLU as attribute and gives it the tensor.

fails: model
hint: activation-misused
says: nn\.ReLU\(\)|F\.relu
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 100)
        self.activation = nn.ReLU
        self.out = nn.Linear(100, 10)

    def forward(self, images):
        h = self.hidden(torch.flatten(images, 1))
        h = self.activation(h)
        return self.out(h)
