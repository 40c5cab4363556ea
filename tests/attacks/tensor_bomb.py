"""Allocates tensors until memory ends (at most 2 GiB).

status: graded,out-of-memory
points: 19
seconds: 20
"""
# %% predict
def predict(model, image):
    held = []
    for _ in range(32):
        held.append(torch.ones(16 << 20))
    return 3
