"""Divides by 10000, the size of MNIST's test part.

fails: accuracy
hint: wrong-divisor
says: number of images
"""
# %% accuracy
NUMBER_OF_TEST_DIGITS = 10000


def accuracy(model, loader):
    model.eval()
    right_answers = 0
    for images, labels in loader:
        with torch.no_grad():
            scores = model(images)
        for row, label in zip(scores, labels):
            if row.argmax().item() == label.item():
                right_answers += 1
    return right_answers / NUMBER_OF_TEST_DIGITS
