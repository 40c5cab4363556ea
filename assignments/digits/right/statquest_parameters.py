"""StatQuest: every weight and bias named and made by hand, one comment per line, Bam."""
# %% dataset
def load_digits(root, train):  ## the data we want: training or testing
    digits = datasets.MNIST(root=root, train=train, transform=transforms.ToTensor(), download=True)
    return digits


def make_loader(dataset, batch_size, shuffle):
    dataloader = DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    return dataloader


# %% model
class DigitClassifier(nn.Module):

    def __init__(self):  ## __init__() is the class constructor, and we use it to initialize the weights and biases
        super().__init__()

        ## weights that go from the 784 pixels to the 100 hidden nodes
        self.w_in = nn.Parameter(torch.empty(784, 100), requires_grad=True)
        self.b_in = nn.Parameter(torch.tensor([0.0] * 100), requires_grad=True)

        ## weights that go from the hidden nodes to the 10 outputs
        self.w_out = nn.Parameter(torch.empty(100, 10), requires_grad=True)
        self.b_out = nn.Parameter(torch.tensor([0.0] * 10), requires_grad=True)

        nn.init.xavier_normal_(self.w_in)
        nn.init.xavier_normal_(self.w_out)

    def forward(self, input):  ## the forward() method runs data through the neural network
        pixels = input.reshape(len(input), 784)

        scaled_pixels = pixels @ self.w_in + self.b_in
        hidden = F.softplus(scaled_pixels)  ## the softplus activation function

        output = hidden @ self.w_out + self.b_out
        return output  ## raw output values. SoftMax comes with the loss. BAM!!!


# %% train
from torch.optim import SGD  ## Stochastic Gradient Descent


def train(model, loader, epochs):
    model.train()
    loss_function = nn.CrossEntropyLoss()
    optimizer = SGD(model.parameters(), lr=0.1)
    mean_losses = []

    for epoch in range(epochs):

        total_loss = 0
        number_of_observations = 0

        for iteration, (input_i, label_i) in enumerate(loader):

            output_i = model(input_i)  ## the neural network output
            loss = loss_function(output_i, label_i)

            loss.backward()  ## backpropagation. Double BAM!!!
            optimizer.step()  ## take a step toward the optimal values
            optimizer.zero_grad()  ## zeroes out the gradient stored in model

            total_loss += float(loss) * len(label_i)
            number_of_observations += len(label_i)

        mean_losses.append(total_loss / number_of_observations)
        print("Step: " + str(epoch) + " Mean loss: " + str(mean_losses[-1]))

    return mean_losses


# %% accuracy
def accuracy(model, loader):
    model.eval()
    number_correct = 0
    number_total = 0
    with torch.no_grad():
        for input_i, label_i in loader:
            output_i = model(input_i)
            predicted_label = torch.argmax(output_i, dim=1)
            number_correct += int(torch.sum(torch.eq(predicted_label, label_i)))
            number_total += len(label_i)
    return number_correct / number_total


# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        output_values = model(torch.unsqueeze(image, dim=0))
        softmax_values = torch.softmax(output_values, dim=1)
        return int(torch.argmax(softmax_values, dim=1))
