"""Opens every kind of socket and calls loopback, DNS and the cloud's metadata address.

status: graded
points: 19
seconds: 8
everywhere: yes
"""
# %% predict
import ctypes, socket, urllib.request

def predict(model, image):
    reached = []
    for family in (1, 2, 10, 16, 17, 38, 40, 44):
        for kind in (1, 2, 3, 5):
            for protocol in (0, 1, 58):
                try:
                    socket.socket(family, kind, protocol)
                    reached.append((family, kind, protocol))
                except OSError:
                    pass
    for call in (
        lambda: socket.create_connection(("127.0.0.1", PORT), 1),
        lambda: socket.create_connection(("::1", PORT), 1),
        lambda: socket.socket(socket.AF_UNIX).connect("\0" + ABSTRACT),
        lambda: socket.socketpair(),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=1),
        lambda: urllib.request.urlopen("http://169.254.169.254/", timeout=0.2),
    ):
        try:
            reached.append(repr(call()))
        except Exception:
            pass
    print("reached", reached)
    raise ConnectionError(f"{reached}")
