"""Changes what is no content of foreign files: mode, owner, times, and a cut to the very length that they have.

status: graded
seconds: 8
everywhere: yes
"""
# Deserves all points if nothing of it happens, whatever the calls answer. The marks are put back at once, should a wall fall.
# %% extra
import os
import stat

_reached = []


def _marks(path):
    seen = os.lstat(path)
    return seen.st_mode, seen.st_uid, seen.st_gid, seen.st_mtime_ns, seen.st_ctime_ns


for _path in FILES:
    try:
        _is, _before = os.lstat(_path), _marks(_path)
    except OSError:
        continue                                 # not even its name is to be seen
    _mode, _times = stat.S_IMODE(_is.st_mode), (_is.st_atime_ns, _is.st_mtime_ns)
    for _call in (
        lambda: os.chmod(_path, _mode ^ stat.S_IWGRP),
        lambda: os.chown(_path, _is.st_uid, _is.st_gid),
        lambda: os.utime(_path, ns=(_times[0], _times[1] + 10**9)),
        lambda: os.truncate(_path, _is.st_size),
    ):
        try:
            _call()
        except (OSError, ValueError):
            pass
        if _marks(_path) != _before:
            _reached.append(_path)
    if _reached:
        os.chmod(_path, _mode)
        os.utime(_path, ns=_times)
print("reached", len(_reached), _reached[:8])
# %% predict
def predict(model, image):
    if _reached:
        raise RuntimeError(f"changed {len(_reached)} marks of foreign files")
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
