"""Leaves the model in eval mode.

advice: yes
hint: stays-in-eval-mode
"""
# %% accuracy
def accuracy(net, data):
    net.eval()
    right, count = 0, 0
    with torch.inference_mode():
        for x, y in data:
            right += int((net(x).max(1).indices == y).sum())
            count += y.size(0)
    return right / count
