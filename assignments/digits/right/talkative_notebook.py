"""Prints, a hand-made progress bar, logging, warnings, asserts, seeds and text on stderr."""
# %% extra
import logging
import random
import sys
import warnings

random.seed(0)
torch.manual_seed(0)
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("my homework")
log.info("PyTorch %s", torch.__version__)
warnings.warn("this is only a test")
print("no GPU here :(" if not torch.cuda.is_available() else "GPU!", file=sys.stderr)
# %% train
def bar(done, all_of_them, width=30):
    filled = width * done // all_of_them
    sys.stderr.write("\r[" + "#" * filled + "." * (width - filled) + f"] {done}/{all_of_them}")
    sys.stderr.flush()

def train(model, loader, epochs):
    assert isinstance(model, nn.Module), "this is no model"
    assert epochs > 0
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for i, (images, labels) in enumerate(loader):
            assert images.shape[1:] == (1, 28, 28), images.shape
            assert images.shape[0] == labels.shape[0]
            optimizer.zero_grad()
            scores = model(images)
            assert scores.shape == (len(images), 10)
            loss = criterion(scores, labels)
            assert not torch.isnan(loss), "NaN!"
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
            if i % 10 == 0 or i + 1 == len(loader):
                bar(i + 1, len(loader))
        losses.append(total / seen)
        log.info("epoch %d: %.4f", epoch, losses[-1])
    return losses
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
            print(f"{correct}/{seen}", end="\r")
    print()
    warnings.warn(f"accuracy is {correct / seen:.1%}")
    return correct / seen
# %% extra
print("Everything defined ✔")
