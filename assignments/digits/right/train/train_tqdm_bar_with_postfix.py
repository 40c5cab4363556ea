"""Training with a tqdm bar that shows the running mean; Adam, mean over items."""
# %% train
from tqdm.auto import tqdm

def train(model, loader, epochs):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device)
    loss_fn = nn.CrossEntropyLoss()
    opt = torch.optim.Adam(model.parameters(), lr=1e-3)
    history = []
    for epoch in range(1, epochs + 1):
        model.train()
        seen, total = 0, 0.0
        bar = tqdm(loader, desc=f"epoch {epoch}/{epochs}", leave=False)
        for X, y in bar:
            X, y = X.to(device), y.to(device)
            loss = loss_fn(model(X), y)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            opt.step()

            total += loss.item() * len(y)
            seen += len(y)
            bar.set_postfix(loss=total / seen)
        history.append(total / seen)
    return history
