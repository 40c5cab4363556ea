"""accuracy reads all with the checks' own function for the exam.

fails: accuracy
hint: 
"""
# %% accuracy
from stand_ins import read_digits


def accuracy(model, loader):
    scores = read_digits(lambda root, train: loader.dataset, model, "")
    return float((scores.argmax(1) == torch.tensor([y for _, y in loader.dataset])).double().mean())
