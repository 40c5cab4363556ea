"""The release as it was handed out.

points: 0
untouched: dataset, model, train, accuracy, predict
"""
