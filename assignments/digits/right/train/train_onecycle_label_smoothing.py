"""OneCycleLR, made for batches and stepped after each batch, with label smoothing."""
# %% train
def train(model: nn.Module, loader: DataLoader, epochs: int, *, max_lr: float = 3e-3, smooth: float = 0.1) -> list[float]:
    objective = nn.CrossEntropyLoss(label_smoothing=smooth)
    optimiser = torch.optim.AdamW(model.parameters(), lr=max_lr / 25, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=max_lr, total_steps=epochs * len(loader))

    def run_batch(images, labels):
        optimiser.zero_grad()
        value = objective(model(images), labels)
        value.backward()
        optimiser.step()
        schedule.step()
        return value.item()

    curve: list[float] = []
    for _ in range(epochs):
        model.train()
        values = [run_batch(*batch) for batch in loader]
        curve.append(sum(values) / len(values))
    return curve
