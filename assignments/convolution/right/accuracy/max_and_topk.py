"""torch.max, a tensor of hits, back to the mode from before."""


# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    was = model.training
    model.eval()
    hits = []
    for data, target in loader:
        _, predicted = torch.max(model(data).data, 1)
        hits.append(predicted.eq(target.view_as(predicted)))
    model.train(was)
    return torch.cat(hits).float().mean().item()
