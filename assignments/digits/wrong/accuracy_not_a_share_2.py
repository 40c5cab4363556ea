"""Returns the number of right answers.

fails: accuracy
hint: not-a-share
says: between 0 and 1|from 0 to 1
"""
# %% accuracy
def accuracy(model, loader):
    """How many digits the model gets right."""
    model.eval()
    with torch.inference_mode():
        return sum(int((model(x).argmax(1) == y).sum()) for x, y in loader)
