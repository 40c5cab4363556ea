"""Convolutions only: depthwise and pointwise, group norm, global average, no Linear layer.

calibrate: yes
"""
# %% model
class Separable(nn.Module):
    def __init__(self, cin, cout, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(cin, cin, 3, stride=stride, padding=1, groups=cin)
        self.pointwise = nn.Conv2d(cin, cout, 1)
        self.norm = nn.GroupNorm(4, cout)

    def forward(self, x):
        return F.relu(self.norm(self.pointwise(self.depthwise(x))))

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 16, 5, stride=2, padding=2)
        self.s1 = Separable(16, 32, 2)
        self.s2 = Separable(32, 48, 2)
        self.top = nn.Conv2d(48, 10, 1)

    def forward(self, x):
        maps = self.top(self.s2(self.s1(F.relu(self.stem(x)))))
        return maps.mean(dim=(2, 3))
# %% train
def train(model, loader, epochs):
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    losses = []
    for _ in range(epochs):
        model.train()
        losses_of_epoch = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = loss_function(model(images), labels)
            loss.backward()
            optimizer.step()
            losses_of_epoch.append(loss.item())
        losses.append(sum(losses_of_epoch) / len(losses_of_epoch))
    return losses
