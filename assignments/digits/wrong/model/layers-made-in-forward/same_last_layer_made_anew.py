"""The last layer is made anew in each call, always with the same numbers."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)

    def forward(self, images):
        hidden = torch.relu(self.hidden(images.flatten(1)))
        last = nn.Linear(64, 10, bias=False)
        nn.init.eye_(last.weight)
        return last(hidden)
