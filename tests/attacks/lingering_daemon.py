"""Forks twice, starts a session, ignores signals, and keeps threads that write and compute later.

status: graded
seconds: 8
everywhere: yes
"""
# %% extra
import atexit, os, signal, threading, time

def late():
    for _ in range(100):
        time.sleep(0.05)
        for path in ("late.txt", *FILES):
            try:
                with open(path, "a") as file:
                    file.write("late")
            except OSError:
                pass

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            late()
        os._exit(0)
except OSError:
    pass
threading.Thread(target=late, daemon=False).start()
atexit.register(late)
