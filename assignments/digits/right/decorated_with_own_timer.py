"""Functions are decorated with a timer of the student's own, and accept further keyword arguments."""
# %% extra
import functools
import time

def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            print(f"{function.__name__} took {time.perf_counter() - start:.2f} s")
    return wrapper
# %% train
@timed
@torch.enable_grad()
def train(model, loader, epochs, *, lr=0.001, optimizer_class=torch.optim.Adam, **options):
    criterion = nn.CrossEntropyLoss()
    optimizer = optimizer_class(model.parameters(), lr=lr, **options)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
# %% accuracy
@timed
@torch.no_grad()
def accuracy(model, loader, **ignored):
    model.eval()
    correct = seen = 0
    for images, labels in loader:
        correct += model(images).argmax(1).eq(labels).sum().item()
        seen += len(labels)
    return correct / seen
# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    return int(model(image[None]).argmax())
