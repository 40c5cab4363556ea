"""predict returns a member of an IntEnum: an int with a name."""
# %% predict
from enum import IntEnum

Digit = IntEnum("Digit", "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE", start=0)

@torch.no_grad()
def predict(model, image):
    model.eval()
    return Digit(model(image.unsqueeze(0)).argmax(dim=1).item())
