"""Threads that resize returned arrays, tensors and lists while the helper is packing them for the channel.

assignment: digits
status: graded, crashed, protocol, timed-out
points: 14
seconds: 150
"""
# %% extra
import threading
import time

_racing = threading.Semaphore(4)


def _race(*steps, seconds=4.0):
    if not _racing.acquire(blocking=False):
        return

    def run():
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                for step in steps:
                    try:
                        step()
                    except Exception:
                        pass
        finally:
            _racing.release()

    threading.Thread(target=run, daemon=True).start()


# %% model
# Deserves: an honest small model (4 if its race is lost), dataset 4, accuracy 4, predict 1; train does nothing but return a list of the right form: 1, whole 0.
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, x):
        out = self.body(x)
        if not self.training and not torch.is_grad_enabled():
            n = len(out)
            _race(lambda: out.resize_(0, 10), lambda: out.resize_(n, 10),
                  lambda: out.resize_(100000, 10), lambda: out.resize_(n, 10))
        return out


# %% train
_turn = [0]


def train(model, loader, epochs):
    import numpy as np
    _turn[0] += 1
    if _turn[0] % 2:
        losses = np.linspace(2.0, 0.1, max(epochs, 1))[:epochs].copy()
        _race(lambda: losses.resize((0,), refcheck=False), lambda: losses.resize((400000,), refcheck=False),
              lambda: losses.resize((epochs,), refcheck=False))
        return losses
    values = [2.0 * 0.5 ** e for e in range(epochs)]

    def loop():
        if len(values) < 1000:
            values.append(values)               # a list inside itself

    _race(loop, values.clear, lambda: values.extend([0.5] * epochs))
    return values
