"""A field to draw in, below a cell: what is drawn goes to Python, and Python's answer appears beside it.

Three ways lead from the page to Python, and the first that works is taken: Colab's own callback; a small server of
this kernel that listens on this computer only (JupyterLab, Notebook and VS Code beside the kernel); Jupyter's own store
of files, which puts the picture beside the notebook for the next cell (JupyterHub, a kernel elsewhere). Where none
does, the picture can be saved by hand.
"""

from __future__ import annotations

import base64
import html
import json
import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from autograder.in_notebook.card import tell

Answer = Callable[[bytes], str]

MOST_BYTES = 1_000_000
"""A larger drawing is not taken."""

SIDE = 280
"""Pixels of the field."""

_PAGE = """
<div id="{id}" style="display:flex;gap:1.5em;flex-wrap:wrap;align-items:flex-start;margin:.4em 0">
<div><canvas width="{side}" height="{side}" role="img" aria-label="{label}" style="background:#fff;
max-width:100%;box-sizing:border-box;border:2px solid #8a8f98;border-radius:6px;cursor:crosshair;touch-action:none;
display:block"></canvas>
<p style="margin:.4em 0"><button type="button">Clear</button> <a download="{file}" hidden>Save the picture</a></p></div>
<div role="status" style="min-width:12em">{label}: press the mouse button, or use a finger, and draw.</div></div>
<script>
(() => {{
  const told = {told}, root = document.getElementById(told.id), field = root.querySelector("canvas");
  const pen = field.getContext("2d"), status = root.querySelector("[role=status]"), link = root.querySelector("a");
  const clear = () => {{ pen.fillStyle = "#fff"; pen.fillRect(0, 0, field.width, field.height); }};
  const place = event => {{
    const box = field.getBoundingClientRect(), scale = field.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }};
  const plain = text => {{ status.textContent = text; }};

  const ways = [
    async picture => {{
      const made = await google.colab.kernel.invokeFunction(told.name, [picture], {{}});
      status.innerHTML = made.data["application/json"].html;
    }},
    async picture => {{
      const made = await fetch(told.address, {{method: "POST", body: picture, signal: AbortSignal.timeout(8000)}});
      if (!made.ok) throw new Error(made.status);
      status.innerHTML = await made.text();
    }},
    async picture => {{
      const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
      const sessions = await (await fetch(base + "api/sessions")).json();
      const mine = sessions.find(one => told.kernel && told.kernel.includes(one.kernel.id));
      const folder = mine.path.replace(/[^/]*$/, "").split("/").map(encodeURIComponent).join("/");
      const key = (document.cookie.match(/(?:^|; )_xsrf=([^;]*)/) || [])[1];
      const body = JSON.stringify({{type: "file", format: "base64", content: picture}});
      const headers = {{"Content-Type": "application/json", "X-XSRFToken": key}};
      const made = await fetch(base + "api/contents/" + folder + told.file, {{method: "PUT", headers, body}});
      if (!made.ok) throw new Error(made.status);
      plain("Your drawing is kept as " + told.file + " beside this notebook. Now run the next cell that reads it.");
    }},
    async () => {{
      plain("This page cannot reach Python. Save the picture, put it beside this notebook, and read it as a photo.");
      link.href = field.toDataURL();
      link.hidden = false;
    }},
  ];

  let best = 0;
  const send = async () => {{
    const picture = field.toDataURL().split(",")[1];
    for (; best < ways.length; best++) {{
      try {{ return await ways[best](picture); }} catch (error) {{ console.debug(told.file, best, error); }}
    }}
  }};

  clear();
  pen.lineWidth = 22; pen.lineCap = pen.lineJoin = "round"; pen.strokeStyle = "#000";
  let draws = false;
  field.addEventListener("pointerdown", event => {{
    draws = true; field.setPointerCapture(event.pointerId); event.preventDefault();
    pen.beginPath(); pen.moveTo(...place(event)); pen.lineTo(...place(event)); pen.stroke();
  }});
  field.addEventListener("pointermove", event => {{ if (draws) {{ pen.lineTo(...place(event)); pen.stroke(); }} }});
  const lift = () => {{ if (draws) {{ draws = false; send(); }} }};
  field.addEventListener("pointerup", lift);
  field.addEventListener("pointercancel", lift);
  root.querySelector("button").addEventListener("click", () => {{ clear(); plain("Draw again."); }});
}})();
</script>
"""


class Field:
    """One field: `label` says what to draw, `file` is the name under which the drawing is kept; `answer` gets the
    drawing as PNG and gives the HTML to be shown beside it."""

    def __init__(self, label: str, file: str, answer: Answer) -> None:
        self._label, self._file, self._answer = label, file, answer
        self._name = f"draw-{secrets.token_urlsafe(9)}"

    def show(self) -> None:
        """Shows the field below the cell, with a sentence for those who see none."""
        try:
            from IPython.core.getipython import get_ipython
            from IPython.display import HTML, display
        except ImportError:
            return
        if get_ipython() is not None:
            display(HTML(self.page()))  # type: ignore[no-untyped-call]
        tell(f"{self._label}: a white square, and beside it what is seen in it. No mouse? A photo does as well.")

    def page(self) -> str:
        """The field as HTML with its script; from now on drawings are answered."""
        in_colab = _offer_to_colab(self._name, self.answered)
        told = {
            "id": self._name,
            "name": self._name,
            "file": self._file,
            "kernel": _kernel(),
            "address": "" if in_colab else _listener().address_of(self._name, self.answered),
        }
        label = html.escape(self._label, quote=True)
        script = json.dumps(told).replace("<", "\\u003c")
        return _PAGE.format(id=self._name, side=SIDE, label=label, file=html.escape(self._file), told=script)

    def answered(self, picture: str) -> str:
        """HTML for a drawing, which comes as base64; a sentence where something goes wrong."""
        try:
            return self._answer(base64.b64decode(picture, validate=True))
        except Exception as error:
            return html.escape(f"This drawing could not be read: {type(error).__name__}: {error}")


class _Listener(ThreadingHTTPServer):
    """Answers drawings on this computer, each at an address that nobody can guess."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.answers: dict[str, Callable[[str], str]] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address_of(self, name: str, answer: Callable[[str], str]) -> str:
        self.answers[f"/{name}"] = answer
        return f"http://127.0.0.1:{self.server_address[1]}/{name}"


class _Request(BaseHTTPRequestHandler):
    server: _Listener

    def do_OPTIONS(self) -> None:
        self._reply(204)

    def do_POST(self) -> None:
        answer = self.server.answers.get(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        if answer is None or not 0 < length <= MOST_BYTES:
            self._reply(404)
            return
        self._reply(200, answer(self.rfile.read(length).decode("ascii", "replace")).encode())

    def _reply(self, code: int, body: bytes = b"") -> None:
        self.send_response(code)
        for name in ("Access-Control-Allow-Origin", "Access-Control-Allow-Headers"):
            self.send_header(name, "*")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: what the browser asks is nobody's business."""


_listening: list[_Listener] = []


def _listener() -> _Listener:
    """The one server of this kernel."""
    if not _listening:
        _listening.append(_Listener())
    return _listening[0]


def _offer_to_colab(name: str, answer: Callable[[str], str]) -> bool:
    """Lets Colab's page call `answer`; False where this is not Colab."""
    try:
        from google.colab import output
        from IPython.display import JSON
    except ImportError:
        return False
    output.register_callback(name, lambda picture: JSON({"html": answer(picture)}))  # type: ignore[no-untyped-call]
    return True


def _kernel() -> str:
    """The file name of the kernel's connection, which holds its id; nothing where there is none."""
    try:
        from ipykernel.connect import get_connection_file

        return Path(get_connection_file()).name
    except (ImportError, RuntimeError):
        return ""
