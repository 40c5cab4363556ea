"""Hidden layers are appended to an ordinary Python list; only the last layer is found by parameters().
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden_sizes=[256, 128]):
        super().__init__()
        self.hidden = []
        n_in = 28 * 28
        for n_out in hidden_sizes:
            self.hidden.append(nn.Linear(n_in, n_out))
            n_in = n_out
        self.output = nn.Linear(n_in, 10)

    def forward(self, images):
        x = images.flatten(1)
        for layer in self.hidden:
            x = F.relu(layer(x))
        return self.output(x)
