"""Sends SIGKILL to the grader's processes and a neighbour's, and asks whether it could to all others.

status: graded
seconds: 8
everywhere: yes
"""
# %% extra
import ctypes, fcntl, os, signal

libc = ctypes.CDLL(None, use_errno=True)
reached = []
for number in (*PROCESSES, os.getppid(), *(-one for one in PROCESSES)):
    try:
        os.kill(number, signal.SIGKILL)
        reached.append(number)
    except OSError:
        pass
for number in (-1, 0, 1, *range(2, 2000)):  # signal 0 only asks
    if number != os.getpid():
        try:
            os.kill(number, 0)
            reached.append(number)
        except OSError:
            pass
for number in PROCESSES:
    handle = libc.syscall(434, number, 0)
    for call in ((200, number, 9), (234, number, number, 9), (129, number, 9, 0), (424, handle, 9, 0, 0)):
        if libc.syscall(*call) == 0:
            reached.append(call)
try:
    fcntl.fcntl(1, 8, PROCESSES[0])
    reached.append("owner of a descriptor")
except OSError:
    pass
print("reached", reached)
# %% predict
def predict(model, image):
    if reached:
        raise RuntimeError("reached others")
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
