"""A beginner's notebook: comments on each line, own words, globals that are not needed."""
# %% dataset
# this function loads the digits!!
def load_digits(root, train):
    if train == True:
        data = datasets.MNIST(root, train=True, download=True, transform=transforms.ToTensor())
    else:
        data = datasets.MNIST(root, train=False, download=True, transform=transforms.ToTensor())
    return data

# and this makes the loader
def make_loader(dataset, batch_size, shuffle):
    if shuffle == True:
        the_loader = DataLoader(dataset, batch_size, shuffle=True)
        return the_loader
    else:
        the_loader = DataLoader(dataset, batch_size, shuffle=False)
        return the_loader
# %% model
input_size = 784
hidden_size = 128
num_classes = 10

class DigitClassifier(nn.Module):
    def __init__(self):
        super(DigitClassifier, self).__init__()
        self.layer1 = nn.Linear(input_size, hidden_size) # 784 -> 128
        self.relu = nn.ReLU()
        self.layer2 = nn.Linear(hidden_size, num_classes) # 128 -> 10
    def forward(self, x):
        x = x.reshape(-1, 28*28) # flatten
        out = self.layer1(x)
        out = self.relu(out)
        out = self.layer2(out)
        return out # no softmax!!!
# %% train
learning_rate = 0.001

def train(model, loader, epochs):
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    list_of_losses = []
    number_of_batches = len(loader)
    for epoch in range(epochs):
        model.train() # training mode
        sum_of_losses = 0
        for i, (images, labels) in enumerate(loader):
            # forward
            outputs = model(images)
            loss = loss_function(outputs, labels)
            # backward
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            sum_of_losses = sum_of_losses + loss.item()
            if (i+1) % 100 == 0:
                print('Epoch', epoch+1, 'of', epochs, 'step', i+1, 'of', number_of_batches, 'loss', loss.item())
        list_of_losses.append(sum_of_losses / number_of_batches)
    return list_of_losses
# %% accuracy
def accuracy(model, loader):
    model.eval() # test mode
    with torch.no_grad():
        n_correct = 0
        n_samples = 0
        for images, labels in loader:
            outputs = model(images)
            # max returns (value, index)
            _, predictions = torch.max(outputs, 1)
            n_samples = n_samples + labels.shape[0]
            n_correct = n_correct + (predictions == labels).sum().item()
    acc = n_correct / n_samples
    print('accuracy =', 100.0 * acc, '%')
    return acc
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        output = model(image.reshape(1, 1, 28, 28))
        _, prediction = torch.max(output, 1)
    return int(prediction[0])
