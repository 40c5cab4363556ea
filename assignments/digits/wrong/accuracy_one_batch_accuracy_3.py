"""Measures on one batch taken from the loader.

fails: accuracy
hint: one-batch-accuracy
says: all batches
"""
# %% accuracy
import numpy as np


@torch.inference_mode()
def accuracy(model, loader):
    model.eval()
    images, labels = next(iter(loader))
    answers = model(images).numpy().argmax(axis=1)
    return np.mean(answers == labels.numpy())
