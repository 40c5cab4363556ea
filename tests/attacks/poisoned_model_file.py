"""Makes a model file with a payload and loads it.

status: graded
seconds: 8
"""
# %% extra
import os

class Payload:
    def __reduce__(self):
        return (print, ("the payload ran inside",))

torch.save({"weights": Payload()}, "model.pt")
print(torch.load("model.pt", weights_only=False))
