"""Appends the hidden layers to a list; only the last layer is an attribute.

fails: model
hint: layers-in-a-list
says: ModuleList|Sequential
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, sizes=(784, 128, 64)):
        super().__init__()
        self.hidden_layers = []
        for i in range(len(sizes) - 1):
            self.hidden_layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        self.output_layer = nn.Linear(sizes[-1], 10)

    def forward(self, x):
        x = torch.flatten(x, start_dim=1)
        for hidden in self.hidden_layers:
            x = F.relu(hidden(x))
        return self.output_layer(x)
