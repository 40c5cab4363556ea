"""NLLLoss straight on the model's scores, without log_softmax; the loss runs off below zero.
"""
# %% train
def train(model, loader, epochs):
    """negative log likelihood for classification"""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.5)
    losses = []
    for epoch in range(1, epochs + 1):
        model.train()
        sum_loss = 0
        for batch_idx, (data, target) in enumerate(loader):
            optimizer.zero_grad()
            output = model(data)
            loss = F.nll_loss(output, target)
            loss.backward()
            optimizer.step()
            sum_loss += loss.item()
        sum_loss /= len(loader)
        losses.append(sum_loss)
        print("epoch", epoch, "loss", sum_loss)
    return losses
