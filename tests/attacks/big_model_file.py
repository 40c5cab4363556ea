"""No attack: all of it right, but a cell of one's own saves a model of 100 MB, and what follows writes a little too.

status: graded
seconds: 20
ends: yes
"""
# %% extra
torch.save([torch.zeros(25_000_000)], "model.pt")
# %% accuracy
import tempfile

def accuracy(model, loader):
    with tempfile.TemporaryFile() as file:
        file.write(bytes(1 << 20))
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return correct / seen
