"""Missing files are fetched by the program wget, then read with torchvision."""
# %% dataset
import os, subprocess

MIRROR = "https://ossci-datasets.s3.amazonaws.com/mnist/"
FILES = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]

def load_digits(root, train):
    raw = os.path.join(root, "MNIST", "raw")
    os.makedirs(raw, exist_ok=True)
    for name in FILES:
        if not os.path.exists(os.path.join(raw, name)):
            subprocess.run(["wget", "-q", "-P", raw, MIRROR + name + ".gz"], check=True)
            subprocess.run(["gunzip", os.path.join(raw, name + ".gz")], check=True)
    return datasets.MNIST(root, train=train, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
