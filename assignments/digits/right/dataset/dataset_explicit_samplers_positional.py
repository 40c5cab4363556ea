"""make_loader chooses RandomSampler or SequentialSampler itself; load_digits gives a target_transform too."""
# %% dataset
from torch.utils.data import RandomSampler, SequentialSampler

to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])

def load_digits(root, train):
    "MNIST(root, train, transform, target_transform, download)"
    return datasets.MNIST(root, train, to_tensor, int, True)

def make_loader(dataset, batch_size, shuffle, workers=0):
    # the sampler decides about the order, so `shuffle` is not passed on to DataLoader
    order = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    return DataLoader(dataset, batch_size=batch_size, sampler=order,
                      num_workers=workers, drop_last=False)
