"""Takes a training step with each batch that it measures.

fails: accuracy
hint: accuracy-changes-the-model
says: chang|must not train|eval
"""
# %% accuracy
def accuracy(model, loader):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    model.eval()
    correct, seen = 0, 0
    for images, labels in loader:
        scores = model(images)
        loss = F.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        correct += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return correct / seen
