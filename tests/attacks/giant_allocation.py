"""Asks for 30 GiB at once.

status: graded
points: 19
seconds: 5
"""
# %% predict
def predict(model, image):
    torch.empty(30 << 30, dtype=torch.uint8)
    return 3
