"""Updates a running mean with one value per batch.

fails: accuracy
hint: mean-of-batch-accuracies
says: divide once|over all batches
"""
# %% accuracy
import numpy as np


def accuracy(model, loader):
    model.eval()
    running = 0.0
    for number, (images, labels) in enumerate(loader, start=1):
        with torch.no_grad():
            predicted = model(images).numpy().argmax(axis=1)
        batch_accuracy = np.mean(predicted == labels.numpy())
        running += (batch_accuracy - running) / number
    return float(running)
