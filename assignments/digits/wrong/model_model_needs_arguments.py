r"""The constructor asks for sizes without defaults.

fails: model
hint: model-needs-arguments
says: DigitClassifier\(\)
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)
