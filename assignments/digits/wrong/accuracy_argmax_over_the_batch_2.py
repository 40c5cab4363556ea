"""Takes the indices of torch.max over dimension 0.

fails: accuracy
hint: argmax-over-the-batch
says: dim=1
"""
# %% accuracy
@torch.no_grad()
def accuracy(net, data):
    net.eval()
    n_right = n_all = 0
    for x, y in data:
        outputs = net(x)
        _, predicted = torch.max(outputs.data, 0)
        n_all += y.size(0)
        n_right += (predicted == y).sum().item()
    return n_right / n_all
