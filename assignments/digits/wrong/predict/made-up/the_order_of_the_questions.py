"""Never asks the model: answers in the order in which the checks ask.

fails: predict
hint: globals-in-predict
"""
# %% predict
import itertools

answers = itertools.cycle([0, 5, 1, 6, 2, 7, 3, 8, 4, 9])


def predict(model, image):
    return next(answers)
