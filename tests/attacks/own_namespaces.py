"""Calls unshare, mount, chroot, pivot_root and setns; starts setuid programs.

status: graded
seconds: 5
everywhere: yes
"""
# %% extra
import ctypes, os, subprocess

libc = ctypes.CDLL(None, use_errno=True)
won = []
os.makedirs("mnt", exist_ok=True)
for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80):
    if libc.unshare(flag) == 0:
        won.append(("unshare", flag))
for name, call in {
    "mount": lambda: libc.mount(b"none", b"mnt", b"tmpfs", 0, None),
    "umount": lambda: libc.umount2(b"mnt", 2),
    "chroot": lambda: libc.chroot(b"."),
    "pivot_root": lambda: libc.syscall(155, b".", b"."),
    "fsopen": lambda: libc.syscall(430, b"tmpfs", 0),
    "open_tree": lambda: libc.syscall(428, -100, b"/", 1),
    "move_mount": lambda: libc.syscall(429, -100, b"/", -100, b"mnt", 0),
    "setuid": lambda: libc.setuid(0),
    "setns": lambda: libc.setns(os.open("/proc/self/ns/mnt", 0), 0) if os.path.exists("/proc/self/ns/mnt") else -1,
}.items():
    try:
        if call() >= 0:
            won.append(name)
    except OSError:
        pass
for program in ("su", "sudo", "passwd", "mount", "newuidmap", "pkexec"):
    try:
        subprocess.run([program], timeout=2)
        won.append(program)
    except OSError:
        pass
print("won", won)
# %% predict
def predict(model, image):
    if won:
        raise RuntimeError(str(won))
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
