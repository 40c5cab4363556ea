"""Returns a dictionary with the scores in it.

fails: model
hint: forward-returns-no-tensor
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(784, 100)
        self.head = nn.Linear(100, 10)

    def forward(self, x):
        hidden = torch.tanh(self.encoder(x.reshape(x.size(0), 784)))
        return {"hidden": hidden, "logits": self.head(hidden)}
