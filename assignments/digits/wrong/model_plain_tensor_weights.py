"""Keeps its weights as plain tensors.

fails: model
hint: plain-tensor-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = torch.randn(784, 128, requires_grad=True) * 0.05
        self.b1 = torch.zeros(128, requires_grad=True)
        self.w2 = torch.randn(128, 10, requires_grad=True) * 0.05
        self.b2 = torch.zeros(10, requires_grad=True)

    def forward(self, x):
        x = F.relu(x.flatten(1) @ self.w1 + self.b1)
        return x @ self.w2 + self.b2
