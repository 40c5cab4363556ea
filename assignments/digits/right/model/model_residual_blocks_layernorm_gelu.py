"""A small residual network of Linear layers with LayerNorm, GELU and dropout, blocks kept in a ModuleList."""
# %% model
class Block(nn.Module):
    def __init__(self, width, p=0.1):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.drop = nn.Dropout(p)

    def forward(self, x):
        y = F.gelu(self.up(self.norm(x)))
        return x + self.drop(self.down(y))


class DigitClassifier(nn.Module):
    """stem -> two blocks -> ten scores"""
    def __init__(self, width: int = 64, depth: int = 2):
        super().__init__()
        self.stem = nn.Linear(28 * 28, width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10, bias=False)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = self.stem(torch.flatten(images, start_dim=1))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))
