"""A Trainer class with callbacks, kept in an extra cell; train only calls it."""
# %% extra
class Callback:
    def on_epoch_begin(self, trainer): pass
    def on_batch_end(self, trainer, loss, n): pass
    def on_epoch_end(self, trainer): pass

class LossRecorder(Callback):
    def __init__(self):
        self.history = []
    def on_epoch_begin(self, trainer):
        self.total, self.n = 0.0, 0
    def on_batch_end(self, trainer, loss, n):
        self.total += loss * n
        self.n += n
    def on_epoch_end(self, trainer):
        self.history.append(self.total / self.n)

class Trainer:
    def __init__(self, model, loader, make_optimizer, loss_fn, callbacks=()):
        self.model, self.loader, self.loss_fn = model, loader, loss_fn
        self.optimizer = make_optimizer(model.parameters())
        self.callbacks = list(callbacks)

    def tell(self, event, *args):
        for callback in self.callbacks:
            getattr(callback, event)(self, *args)

    def fit(self, epochs):
        for self.epoch in range(epochs):
            self.model.train()
            self.tell("on_epoch_begin")
            for x, y in self.loader:
                loss = self.loss_fn(self.model(x), y)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                self.tell("on_batch_end", loss.item(), len(x))
            self.tell("on_epoch_end")
# %% train
def train(model, loader, epochs):
    recorder = LossRecorder()
    Trainer(model, loader, torch.optim.Adam, F.cross_entropy, [recorder]).fit(epochs)
    return recorder.history
