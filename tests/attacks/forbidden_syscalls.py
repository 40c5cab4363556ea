"""Calls io_uring, userfaultfd, bpf, perf, the keyring and others; the answers are printed.

status: graded
seconds: 5
"""
# %% extra
import ctypes, errno

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {"io_uring_setup": 425, "userfaultfd": 323, "bpf": 321, "perf_event_open": 298, "keyctl": 250, "add_key": 248,
         "personality": 135, "memfd_create": 319, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
         "kcmp": 312, "pidfd_getfd": 438, "memfd_secret": 447, "landlock_restrict_self": 446, "seccomp": 317, "quotactl": 179,
         "init_module": 175, "syslog": 103, "iopl": 172,
         "name_to_handle_at": 303, "open_by_handle_at": 304, "fanotify_init": 300, "clone3": 435, "modify_ldt": 154}
opened = []
for name, number in CALLS.items():
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) >= 0:
        opened.append(name)
    assert name != "clone3" or ctypes.get_errno() == errno.ENOSYS
assert not opened, opened
import threading
thread = threading.Thread(target=print, args=("a thread starts",))
thread.start()
thread.join()
# %% predict
def predict(model, image):
    if opened:
        raise RuntimeError("open: " + " ".join(opened))
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
