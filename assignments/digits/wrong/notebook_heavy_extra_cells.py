"""An extra cell trains on random images for hours.

advice: yes
hint: heavy-extra-cells
"""
# %% extra
experiment = DigitClassifier()
optimizer_of_experiment = torch.optim.SGD(experiment.parameters(), lr=0.1)
for trial in range(10_000_000):
    noise, targets = torch.rand(64, 1, 28, 28), torch.randint(10, (64,))
    loss_of_trial = F.cross_entropy(experiment(noise), targets)
    optimizer_of_experiment.zero_grad()
    loss_of_trial.backward()
    optimizer_of_experiment.step()

# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
