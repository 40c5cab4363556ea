"""Opens files, pipes, epoll, inotify and timer descriptors until none is left.

status: graded
points: 15
seconds: 10
"""
# %% accuracy
import ctypes, os, select

def accuracy(model, loader):
    held = []
    while len(held) < 100_000:
        held.append(open("/dev/null"))
    return 1.0
# %% predict
def predict(model, image):
    libc, held, made = ctypes.CDLL(None, use_errno=True), [], 0
    try:
        while len(held) < 100_000:
            held += [*os.pipe(), select.epoll()]
            made += sum(call(0, 0) >= 0 for call in (libc.inotify_init1, libc.timerfd_create, libc.eventfd))
    finally:
        held.clear()
    return 3
