"""running_loss is set to zero once, before all epochs, so each entry contains the epochs before it.
"""
# %% train
from torch import optim

def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.001)
    all_losses = []
    running_loss = 0.0
    for epoch in range(epochs):
        model.train()
        for i, data in enumerate(loader, 0):
            inputs, labels = data
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        all_losses.append(running_loss / len(loader))
    print('Finished Training')
    return all_losses
