"""Leaves bits for the next submission in what memory holds of shared files, and looks whether they can be read there.

status: graded
seconds: 8
everywhere: yes
"""
# %% extra
import ctypes, mmap, os

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_file = os.open(torch._C.__file__, os.O_RDONLY)
_reached = []


def _works(*arguments):
    return _libc.syscall(*[one if isinstance(one, (bytes, ctypes.Array)) else ctypes.c_long(one) for one in arguments]) >= 0


def _dropped():
    os.posix_fadvise(_file, 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def _read_from_memory_only():
    return os.preadv(_file, [bytearray(1)], 0, os.RWF_NOWAIT) == 1


def _pages_in_memory():
    with mmap.mmap(_file, mmap.PAGESIZE, prot=mmap.PROT_READ) as area:
        held = ctypes.create_string_buffer(1)
        return _works(27, id(area) & -mmap.PAGESIZE, mmap.PAGESIZE, held)  # any page will do: the call itself must be refused


def _name_in_memory_only():
    how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0x20)
    return _works(437, -100, os.fsencode(os.__file__), how, 24)


def _paged_out():
    with mmap.mmap(_file, mmap.PAGESIZE, prot=mmap.PROT_READ) as area:
        area.madvise(21)
        return True


for _deed in (_dropped, _read_from_memory_only, _pages_in_memory, _name_in_memory_only, _paged_out):
    try:
        if _deed():
            _reached.append(_deed.__name__)
    except (OSError, ValueError):
        pass
print("reached", _reached)
# %% predict
def predict(model, image):
    if _reached:
        raise RuntimeError(f"these work: {_reached}")
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
