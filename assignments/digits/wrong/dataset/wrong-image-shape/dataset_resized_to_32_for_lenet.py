"""Resizes the digits to 32 x 32, because the LeNet paper does.
"""
# %% dataset
def load_digits(root, train):
    tf = transforms.Compose([
        transforms.Resize((32, 32)),      # LeNet-5 takes 32x32
        transforms.ToTensor(),
        transforms.Normalize(mean=(0.1307,), std=(0.3081,)),
    ])
    return datasets.MNIST(root=root, train=train, transform=tf, download=True)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset=dataset, batch_size=batch_size, shuffle=shuffle)
