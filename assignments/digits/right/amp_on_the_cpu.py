"""Mixed precision as the AMP recipe shows it: autocast with bfloat16 and a scaler that is off without a GPU."""
# %% extra
device = "cuda" if torch.cuda.is_available() else "cpu"
use_amp = device == "cuda"

# %% dataset
from torchvision.transforms import v2


def load_digits(root, train):
    tf = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.1307], [0.3081])])
    return datasets.MNIST(root, train=train, transform=tf, download=True)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, pin_memory=use_amp)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU())
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.body(x.flatten(1)))


# %% train
def train(model, loader, epochs):
    model = model.to(device)
    opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
    scaler = torch.amp.GradScaler(device, enabled=use_amp)
    out = []
    for epoch in range(epochs):
        model.train()
        loss_sum, n = 0.0, 0
        for input, target in loader:
            input, target = input.to(device), target.to(device)
            with torch.autocast(device_type=device, dtype=torch.float16 if use_amp else torch.bfloat16):
                output = model(input)
                loss = F.cross_entropy(output, target)
            scaler.scale(loss).backward()
            scaler.unscale_(opt)
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
            scaler.step(opt)
            scaler.update()
            opt.zero_grad()  # set_to_none=True here can modestly improve performance
            loss_sum += loss.item() * target.shape[0]
            n += target.shape[0]
        out.append(loss_sum / n)
    return out


# %% accuracy
def accuracy(model, loader):
    model = model.to(device).eval()
    correct = n = 0
    with torch.inference_mode():
        for input, target in loader:
            output = model(input.to(device))
            correct += output.argmax(1).cpu().eq(target).sum().item()
            n += target.shape[0]
    return correct / n


# %% predict
def predict(model, image):
    model = model.to(device).eval()
    with torch.inference_mode():
        return model(image.to(device).unsqueeze(0)).argmax(1).cpu().item()
