r"""Names step without its parentheses.

fails: train
hint: missing-step
says: step\(\)
"""
# %% train
def train(model, loader, epochs):
    # 1. loss and optimiser
    lossfn = F.cross_entropy
    opt = torch.optim.SGD(model.parameters(), lr=0.1)

    # 2. the loop
    all_losses = []
    for i in range(epochs):
        model.train()
        loss_of_epoch = 0
        for img, lab in loader:
            opt.zero_grad()
            prediction = model.forward(img)
            loss = lossfn(prediction, lab)
            loss.backward()
            opt.step
            loss_of_epoch = loss_of_epoch + loss.item() * img.shape[0]
        all_losses.append(loss_of_epoch / len(loader.dataset))
    return all_losses
