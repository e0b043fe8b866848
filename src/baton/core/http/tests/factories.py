"""A server on this machine that answers as a test says, and notes what it was asked."""

import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

Reply = Callable[[Any], None]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, reply: Reply) -> None:
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.reply = reply
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook?a=1"


class _Handler(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode().strip()) != "":
            lines.append(line)
        pairs = (line.split(": ", 1) for line in lines[1:])
        headers = {name.lower(): value for name, value in pairs}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.asked.append((headers, body))
        self.server.reply(self)


def answering(status: int, body: str = "thanks", **headers: str) -> Reply:
    """That status, at once."""

    def reply(handler: Any) -> None:
        lines = [f"HTTP/1.1 {status} Words", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        handler.wfile.write("\r\n".join([*lines, "", body]).encode())

    return reply


@contextmanager
def serving(reply: Reply) -> Iterator[Server]:
    server = Server(reply)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
