"""A real web server on this machine that publishes what a test tells it to."""

import contextlib
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Published:
    """`body` is what is given; `status`, `headers` and `packed` how; `asked` are the headers of each request."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.headers: dict[str, str] = {}
        self.packed = False
        self.etag = ""
        self.endless = False
        self.asked: list[dict[str, str]] = []
        self.url = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append({name.lower(): value for name, value in handler.headers.items()})
        same = bool(self.etag) and self.etag == handler.headers.get("If-None-Match")
        handler.send_response(304 if same else self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        if self.etag:
            handler.send_header("ETag", self.etag)
        if self.packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        if same:
            return
        handler.wfile.write(gzip.compress(self.body) if self.packed else self.body)
        while self.endless:
            handler.wfile.write(b"X-MORE:" + b"a" * 60_000 + b"\r\n")


@contextmanager
def published(body: bytes = b"") -> Iterator[Published]:
    told = Published()
    told.body = body

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(OSError):  # the reader has had enough
                told.answer(self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/agenda.ics?cle=secret-7Q"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
