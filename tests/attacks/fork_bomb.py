"""Forks, uses process pools, subprocess and the shell (each a bounded number of times).

status: graded
points: 15
seconds: 10
everywhere: yes
"""
# %% accuracy
import multiprocessing, os, subprocess

def accuracy(model, loader):
    for _ in range(50):
        if os.fork() == 0:
            os._exit(0)
    return 1.0
# %% predict
def predict(model, image):
    tries = []
    for start in (
        lambda: multiprocessing.Pool(2).map(abs, [1]),
        lambda: subprocess.run(["true"], check=True),
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: os.execv("/bin/true", ["true"]),
    ):
        try:
            start()
            tries.append("started")
        except OSError as error:
            tries.append(repr(error))
    tries.append(os.system("true"))
    print(tries)
    raise OSError("no processes")
