"""No attack: all of it right, but for a loop that somebody left at the end of an answer, and slow cells of one's own.

status: timed-out
seconds: 40
"""
# %% predict
import time

def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()

for _ in range(10_000):
    time.sleep(0.01)
# %% extra
time.sleep(60)
# %% extra
for _ in range(10**12):
    pass
