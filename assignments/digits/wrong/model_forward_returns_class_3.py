"""Returns the digit in evaluation mode and the scores in training mode.

fails: model
hint: forward-returns-class
says: scores
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.out = nn.Linear(128, 10)

    def forward(self, images):
        scores = self.out(torch.relu(self.hidden(images.view(images.size(0), -1))))
        if self.training:
            return scores
        return torch.argmax(scores, dim=-1)
