"""Reshapes to a batch size kept in a constant.

fails: model
hint: fixed-batch-size
says: batch size
"""
# %% model
BATCH_SIZE = 32


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = x.reshape(BATCH_SIZE, 784)
        return self.fc2(torch.relu(self.fc1(x)))
