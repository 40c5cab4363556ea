"""A beginner's version: three nested loops, plain Python lists, no argmax."""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right = 0
    wrong = 0
    with torch.no_grad():
        for batch in loader:
            images = batch[0]
            labels = batch[1]
            outputs = model(images)
            for i in range(len(labels)):
                scores = outputs[i].tolist()
                # look for the biggest score
                best = 0
                for digit in range(10):
                    if scores[digit] > scores[best]:
                        best = digit
                if best == int(labels[i]):
                    right = right + 1
                else:
                    wrong = wrong + 1
    all_of_them = right + wrong
    result = right / all_of_them
    print("right:", right, "wrong:", wrong)
    return result
