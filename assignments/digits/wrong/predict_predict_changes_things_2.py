"""Trains a step on its own answer.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    scores = model(image.unsqueeze(0))
    digit = scores.argmax(dim=1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    F.cross_entropy(scores, digit).backward()
    optimizer.step()
    return digit.item()
