"""Saves the model into memory and asks the copy that is loaded from there: the model itself is left alone."""
# %% accuracy
import io


def accuracy(model, loader):
    memory = io.BytesIO()
    torch.save(model, memory)
    memory.seek(0)
    copy = torch.load(memory, weights_only=False).eval()
    with torch.inference_mode():
        hits = [copy(images).argmax(dim=1).eq(labels) for images, labels in loader]
    return torch.cat(hits).double().mean().item()
