"""Reads its environment, also the one its process was started with.

status: graded
seconds: 5
everywhere: yes
"""
# %% extra
import ctypes, os

print(dict(os.environ))
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
print(VARIABLE, libc.getenv(VARIABLE.encode()))
try:
    print(open("/proc/self/environ").read())
except OSError as error:
    print(error)
names = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
place = 0
while names and names[place]:
    print(names[place])
    place += 1
