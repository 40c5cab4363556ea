"""A gate mixes the scores of four experts."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, experts=4):
        super().__init__()
        self.shared = nn.Linear(784, 64)
        self.gate = nn.Linear(64, experts)
        self.experts = nn.ModuleList(nn.Linear(64, 10) for _ in range(experts))

    def forward(self, x):
        h = F.relu(self.shared(x.flatten(1)))
        share = self.gate(h).softmax(dim=1).unsqueeze(2)              # B, E, 1
        opinions = torch.stack([e(h) for e in self.experts], dim=1)   # B, E, 10
        return (share * opinions).sum(dim=1)
