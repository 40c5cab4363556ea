r"""The name holds a finished model, not a class.

fails: model
hint: model-needs-arguments
says: DigitClassifier\(\)
"""
# %% model
DigitClassifier = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
