"""All batches are read once into a list; the last one is kept for validation, the others are learnt from."""
# %% train
import random

def train(model, loader, epochs):
    *batches, held_out = list(loader)
    batches = batches or [held_out]
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        random.shuffle(batches)
        total, seen = 0.0, 0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
        model.eval()
        with torch.no_grad():
            print(f"epoch {epoch}: held-out loss {F.cross_entropy(model(held_out[0]), held_out[1]).item():.3f}")
    return losses
