"""Removes the channel of the caller's own tensor with squeeze_.

fails: model
hint: input-changed
says: new tensor|as it was
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.out = nn.Linear(64, 10)

    def forward(self, images):
        images.squeeze_(1)
        return self.out(torch.tanh(self.hidden(images.flatten(1))))
