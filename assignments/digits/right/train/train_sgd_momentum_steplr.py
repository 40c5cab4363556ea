"""SGD with Nesterov momentum and weight decay; StepLR is stepped once per epoch."""
# %% train
import torch.optim as optim
from torch.optim.lr_scheduler import StepLR

def train_one_epoch(model, loader, criterion, optimizer):
    model.train()
    batch_losses = []
    for batch_idx, (data, target) in enumerate(loader):
        optimizer.zero_grad()
        output = model(data)
        loss = criterion(output, target)
        loss.backward()
        optimizer.step()
        batch_losses.append(loss.item())
    return sum(batch_losses) / len(batch_losses)

def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.SGD(model.parameters(), lr=0.02, momentum=0.9, nesterov=True, weight_decay=1e-4)
    scheduler = StepLR(optimizer, step_size=1, gamma=0.8)
    losses = []
    for epoch in range(epochs):
        losses.append(train_one_epoch(model, loader, criterion, optimizer))
        scheduler.step()
        print('Train Epoch: {} \tLoss: {:.6f}\tlr: {:.5f}'.format(epoch + 1, losses[-1], scheduler.get_last_lr()[0]))
    return losses
