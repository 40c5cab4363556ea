"""All five stubs lean on one experiment class with static methods; stubs are names for them."""
# %% extra
class Course:
    """my toolbox for this course"""

    @staticmethod
    def step(model, optimizer, images, labels):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item() * len(labels)

    @classmethod
    def fit(cls, model, loader, epochs):
        optimizer = torch.optim.Adam(model.parameters())
        means = []
        for _ in range(epochs):
            model.train()
            pairs = [(cls.step(model, optimizer, x, y), len(y)) for x, y in loader]
            means.append(sum(a for a, _ in pairs) / sum(n for _, n in pairs))
        return means

    @staticmethod
    @torch.no_grad()
    def digits(model, images):
        model.eval()
        return model(images).argmax(dim=1)
# %% train
train = Course.fit
# %% accuracy
def accuracy(model, loader):
    answers = [(Course.digits(model, x) == y) for x, y in loader]
    return torch.cat(answers).sum().item() / sum(map(len, answers))
# %% predict
predict = lambda model, image: Course.digits(model, image.unsqueeze(0)).item()
