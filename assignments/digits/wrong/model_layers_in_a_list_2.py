"""Keeps all layers in a dictionary.

fails: model
hint: layers-in-a-list
says: ModuleList|Sequential
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = {"hidden": nn.Linear(28 * 28, 64), "scores": nn.Linear(64, 10)}

    def forward(self, images):
        hidden = torch.relu(self.blocks["hidden"](images.flatten(1)))
        return self.blocks["scores"](hidden)
