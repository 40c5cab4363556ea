"""Trains nothing, claims a beautiful list of losses and an accuracy of 1.

fails: any
"""
# %% extra
TEST_ACCURACY = 1.0
print(f"Test accuracy: {TEST_ACCURACY:.2%}")

# %% train
def train(model, loader, epochs):
    print("training ...")
    return [0.5 / (epoch + 1) for epoch in range(epochs)]

# %% accuracy
def accuracy(model, loader):
    return TEST_ACCURACY
