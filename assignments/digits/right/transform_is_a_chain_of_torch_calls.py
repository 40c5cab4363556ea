"""PIL to integer tensor, then .float().div(255) by hand."""
# %% dataset
def prep(img):
    t = transforms.functional.pil_to_tensor(img)   # uint8, 1x28x28
    t = t.float().div(255.)
    return t.sub(0.5).mul(2)

def load_digits(root, train=True):
    data = datasets.MNIST(root, download=True, train=train, transform=prep)
    print("loaded", len(data), "digits")
    return data

def make_loader(dataset, batch_size=64, shuffle=False):
    return DataLoader(dataset, shuffle=shuffle, batch_size=batch_size)
