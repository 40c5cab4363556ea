r"""Joins all hits and returns their mean as a tensor.

fails: accuracy
hint: accuracy-as-tensor
says: \.item\(\)|float
"""
# %% accuracy
@torch.no_grad()
def accuracy(net, batches):
    net.eval()
    hits = [net(x).max(1)[1].eq(y) for x, y in batches]
    return torch.cat(hits).float().mean()
