"""The model seeds torch when it is built.

advice: yes
hint: global-settings-changed
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(42)  # the same start every time
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        return self.scores(F.relu(self.hidden(images.flatten(1))))
