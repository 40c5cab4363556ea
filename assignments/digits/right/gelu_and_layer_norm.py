"""GELU activations after layer norm, dropout in between."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, width: int = 128, p: float = 0.1):
        super().__init__()
        self.norm_in = nn.LayerNorm(784)
        self.up = nn.Linear(784, width)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(p)
        self.down = nn.Linear(width, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm_in(torch.flatten(x, 1))
        return self.down(self.drop(F.gelu(self.norm(self.up(x)))))
