"""Cells with magics, shell lines, a form title and a plot, as they come from Colab."""
# %% extra
%matplotlib inline
!nvidia-smi
!pip install -q torchinfo
import matplotlib.pyplot as plt
plt.rcParams["figure.figsize"] = (4, 3)
# %% extra
%%time
squares = [n * n for n in range(1000)]
scale = len(squares) / 1000
# %% model
#@title My model { display-mode: "form" }
hidden_units = 128 #@param {type:"integer"}

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, hidden_units)
        self.fc2 = nn.Linear(hidden_units, 10)

    def forward(self, x):
        return scale * self.fc2(F.relu(self.fc1(x.flatten(1))))
# %% extra
DigitClassifier?
net = DigitClassifier()
%timeit -n 1 -r 1 net(torch.zeros(2, 1, 28, 28))
files = !ls
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        answer = model(image.unsqueeze(0)).argmax().item()
    return answer
# %% extra
fig, ax = plt.subplots()
ax.plot([1, 2, 3], [2.3, 1.0, 0.5])
ax.set_title("what I hope for")
plt.show()
