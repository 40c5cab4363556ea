"""Each bright pixel is a word: an EmbeddingBag with sparse gradients adds up the words of an image; train uses SGD."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.EmbeddingBag(784, 64, mode="sum", sparse=True)
        nn.init.normal_(self.words.weight, std=0.05)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        rows = images.flatten(1)
        every = torch.arange(784, device=rows.device).expand(len(rows), -1)
        return self.scores(F.relu(self.words(every, per_sample_weights=rows)))
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
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
