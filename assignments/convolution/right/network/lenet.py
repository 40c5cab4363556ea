"""LeNet-5 as in textbooks: 5 × 5 filters without padding, average pooling, tanh, three Linear layers."""


# %% network
class DigitCNN(nn.Module):
    def __init__(self):
        super(DigitCNN, self).__init__()
        self.c1 = nn.Conv2d(1, 6, kernel_size=5)
        self.c2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.drop = nn.Dropout(p=0.2)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def maps(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        return F.avg_pool2d(torch.tanh(self.c2(x)), 2)

    def forward(self, x):
        x = torch.flatten(self.maps(x), 1)
        x = torch.tanh(self.fc1(x))
        x = self.drop(x)
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)
