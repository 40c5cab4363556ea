"""Lets a function of the checks ask the model, which is found among all objects in memory.

fails: accuracy
hint:
"""
# %% accuracy
import gc
import types


def accuracy(model, loader):
    ask = next(one for one in gc.get_objects() if isinstance(one, types.FunctionType) and one.__name__ == "scores_of")
    hits = [ask(model, images).argmax(dim=1) == labels for images, labels in loader]
    return torch.cat(hits).double().mean().item()
