"""Uses a plain tensor for the hidden weights beside a proper last layer.

fails: model
hint: plain-tensor-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden_weights = torch.empty(100, 784).uniform_(-0.03, 0.03)
        self.hidden_weights.requires_grad = True
        self.scores = nn.Linear(100, 10)

    def forward(self, images):
        hidden = F.linear(images.reshape(images.size(0), 784), self.hidden_weights)
        return self.scores(torch.relu(hidden))
