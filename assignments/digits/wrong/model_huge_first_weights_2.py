"""Draws its own weight matrices evenly between -1 and 1.

advice: yes
hint: huge-first-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.rand(784, 100) * 2 - 1)
        self.b1 = nn.Parameter(torch.zeros(100))
        self.w2 = nn.Parameter(torch.rand(100, 10) * 2 - 1)
        self.b2 = nn.Parameter(torch.zeros(10))

    def forward(self, images):
        h = torch.relu(images.view(images.size(0), -1) @ self.w1 + self.b1)
        return h @ self.w2 + self.b2
