"""A helper that measures switches to eval mode; only before the first epoch training mode is asked for.

advice: yes
hint: training-in-eval-mode
"""
# %% train
def hits(model, loader):
    model.eval()
    with torch.no_grad():
        return sum(int((model(images).argmax(dim=1) == labels).sum()) for images, labels in loader)


def train(model, loader, epochs):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        sum_of_losses = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            sum_of_losses += loss.item()
        history.append(sum_of_losses / len(loader))
        print(epoch, history[-1], hits(model, loader))
    return history
