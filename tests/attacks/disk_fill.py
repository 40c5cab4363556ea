"""Fills scratch, temporary and shared-memory folders; makes a sparse file and many empty ones.

status: graded,crashed,timed-out
points: 15
seconds: 20
"""
# %% accuracy
import os, tempfile

def accuracy(model, loader):
    for place in (".", tempfile.gettempdir(), "/dev/shm", "/var/tmp", "/run", os.path.expanduser("~")):
        try:
            with open(os.path.join(place, "big"), "wb") as file:
                for _ in range(80):
                    file.write(bytes(1 << 20))
        except OSError as error:
            print(place, error)
            raised = error
    raise raised
# %% predict
def predict(model, image):
    try:
        with open("sparse", "wb") as file:
            file.truncate(1 << 40)
    except OSError as error:
        print(error)
    for number in range(20_000):
        open(f"empty-{number}", "w").close()
    return 3
