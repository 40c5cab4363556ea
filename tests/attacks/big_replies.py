"""Answers every call with a quarter of a gigabyte.

status: graded,timed-out,out-of-memory
points: 5
seconds: 25
"""
# %% model
class DigitClassifier(nn.Module):
    def forward(self, images):
        return torch.zeros(1, dtype=torch.uint8).expand(250 << 20)
