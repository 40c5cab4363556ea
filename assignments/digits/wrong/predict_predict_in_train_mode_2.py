r"""Names model.eval without its parentheses.

fails: predict
hint: predict-in-train-mode
says: \.eval\(\)
"""
# %% predict
@torch.no_grad()
def predict(net, picture):
    net.eval
    scores = net(picture[None])
    return int(scores[0].argmax())
