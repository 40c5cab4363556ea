"""An LSTM reads the columns in both directions, its outputs are averaged."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 24, batch_first=True, bidirectional=True)
        self.out = nn.Linear(28 * 48, 10)

    def forward(self, x):
        seq, _ = self.lstm(x[:, 0].transpose(1, 2))
        return self.out(seq.reshape(len(x), -1))
