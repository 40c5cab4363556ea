"""Identifiers in Chinese, Russian, Greek and Hindi, strings with emoji."""
# %% extra
學習率 = 0.001
привет = "Обучение началось 🚀"
# %% model
class 数字网络(nn.Module):
    def __init__(self, 隐藏单元=96):
        super().__init__()
        self.第一层 = nn.Linear(784, 隐藏单元)
        self.第二层 = nn.Linear(隐藏单元, 10)

    def forward(self, 图像):
        隐藏 = F.relu(self.第一层(图像.flatten(1)))
        return self.第二层(隐藏)


class DigitClassifier(数字网络):
    pass
# %% train
def train(model, loader, epochs):
    print(привет)
    оптимизатор = torch.optim.Adam(model.parameters(), lr=學習率)
    потери = []
    for эпоха in range(epochs):
        model.train()
        Σ, ν = 0.0, 0
        for картинки, метки in loader:
            оптимизатор.zero_grad()
            λ = F.cross_entropy(model(картинки), метки)
            λ.backward()
            оптимизатор.step()
            Σ += λ.item() * len(метки)
            ν += len(метки)
        потери.append(Σ / ν)
    return потери
# %% accuracy
def accuracy(model, loader):
    model.eval()
    सही, कुल = 0, 0
    with torch.no_grad():
        for चित्र, अंक in loader:
            सही += (model(चित्र).argmax(dim=1) == अंक).sum().item()
            कुल += len(अंक)
    return सही / कुल
