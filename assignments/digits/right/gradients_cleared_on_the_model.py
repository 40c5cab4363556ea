"""model.zero_grad() after the step; the loss is divided by hand."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss(reduction='none')
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    model.zero_grad()
    for i in range(epochs):
        model.train()
        all_losses = []
        for imgs, lbls in loader:
            each = criterion(model(imgs), lbls)
            loss = each.sum() / each.numel()
            loss.backward()
            optimizer.step()
            model.zero_grad()
            all_losses.append(each.detach())
        losses.append(torch.cat(all_losses).mean().item())
    return losses
