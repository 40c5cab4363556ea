"""Random rotation and shifting in the transform of the training part, against overfitting.
"""
# %% dataset
train_tf = transforms.Compose([
    transforms.RandomAffine(degrees=12, translate=(0.1, 0.1)),
    transforms.ToTensor(),
])
test_tf = transforms.ToTensor()

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=train_tf if train else test_tf)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
