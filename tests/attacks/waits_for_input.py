"""Asks for input, and starts a debugger.

status: graded
points: 15
seconds: 10
"""
# %% accuracy
def accuracy(model, loader):
    return float(input("How many? "))
# %% predict
def predict(model, image):
    breakpoint()
    return 3
