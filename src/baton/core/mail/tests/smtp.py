"""A mail server to play with: it answers as a test says, and keeps what it took."""

import socket
from contextlib import suppress
from email import message_from_bytes, policy
from threading import Thread


class Sink:
    """``rcpt`` and ``data`` are its answers; with ``drops`` it hangs up once the text is there."""

    def __init__(self, *, rcpt="250 ok", data="250 ok", drops=False):
        self.rcpt, self.data, self.drops, self.taken = rcpt, data, drops, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def close(self):
        with suppress(OSError):  # it is closed already
            self.socket.shutdown(socket.SHUT_RDWR)  # who waits for a caller stops waiting
        self.socket.close()

    def _serve(self):
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as talk:
                self._talk(talk)

    def _talk(self, talk):
        self._say(talk, "220 sink")
        while asked := talk.readline():
            word = asked[:4].upper()
            if word == b"DATA":
                self._say(talk, "354 go on")
                self.taken.append(self._text(talk))
                if self.drops:
                    return
                self._say(talk, self.data)
            elif word == b"QUIT":
                self._say(talk, "221 bye")
                return
            else:
                self._say(talk, self.rcpt if word == b"RCPT" else "250 ok")

    def _text(self, talk):
        lines = []
        while (line := talk.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, talk, answer):
        talk.write(f"{answer}\r\n".encode())
        talk.flush()
