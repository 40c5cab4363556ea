"""Walks frames, the garbage collector, source caches, modules and its own memory for expected values and secrets.

status: graded
seconds: 20
everywhere: yes
"""
# %% extra
import gc, linecache, re, sys

MARK = "".join(PIECES).encode()
found = set()

def look(data):
    found.update(data[at.start() : at.start() + 23] for at in re.finditer(re.escape(MARK) + rb"[0-9a-f]{16}", data))

def memory():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as mem:
        for line in maps:
            span, rights = line.split()[:2]
            begin, end = (int(part, 16) for part in span.split("-"))
            if "r" in rights and "w" in rights and end - begin < 512 << 20:
                try:
                    for at in range(begin, end, 8 << 20):
                        mem.seek(at)
                        look(mem.read(min(8 << 20, end - at)))
                except (OSError, ValueError, OverflowError):
                    pass

for frame in sys._current_frames().values():
    while frame is not None:
        look(repr(frame.f_locals)[:100000].encode("utf-8", "replace"))
        frame = frame.f_back
for thing in gc.get_objects():
    if type(thing) is dict:
        for value in list(thing.values()):
            if type(value) in (str, bytes):
                look(value if type(value) is bytes else value.encode("utf-8", "replace"))
for lines in list(linecache.cache.values()):
    look("".join(lines[2] if len(lines) > 2 else []).encode("utf-8", "replace"))
for module in ("test_tiny", "test_digits", "autograder.checks.runner", "autograder.sandbox.session"):
    print(module, module in sys.modules)
try:
    memory()
except OSError as error:
    print("no memory file", error)
print("found", found)
