"""Fills the last batch up with zeros, lets a forward hook collect the answers, and gives each part its own mode back."""
# %% accuracy
def accuracy(model, loader):
    modes = {part: part.training for part in model.modules()}
    answers, truth = [], []
    hook = model.register_forward_hook(lambda net, given, scores: answers.append(scores.detach().argmax(dim=1)))
    try:
        model.eval()
        with torch.no_grad():
            for images, labels in loader:
                missing = loader.batch_size - len(images)
                model(F.pad(images, (0, 0, 0, 0, 0, 0, 0, missing)))
                answers[-1] = answers[-1][: len(images)]
                truth.append(labels)
    finally:
        hook.remove()
        for part, mode in modes.items():
            part.training = mode
    return (torch.cat(answers) == torch.cat(truth)).double().mean().item()
