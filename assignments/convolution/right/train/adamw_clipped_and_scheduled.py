"""AdamW, clipped gradients, a falling learning rate."""


# %% train
def train(model, loader, epochs, change=None):
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=epochs * len(loader))
    augment = change or (lambda images: images)
    losses = []
    for _ in range(epochs):
        model.train()
        seen = total = 0
        for images, labels in loader:
            loss = F.cross_entropy(model(augment(images)), labels, label_smoothing=0.05)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            seen += len(images)
            total += loss.item() * len(images)
        losses.append(total / seen)
    return losses
