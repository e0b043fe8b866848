"""The processes of the chaos tests: a module of roles that serves reads orders from its stdin.

Django is loaded once; who is to run beside the others is forked off, and so is there within
milliseconds. When stdin ends, because the tests did, all that it started is killed.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connections

children: set[int] = set()


def serve(roles: Mapping[str, Callable[..., Any]]) -> None:
    """``start`` forks a role off, ``wait`` asks for its end; any other order is done here."""
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(_obey(roles, **json.loads(line))) + "\n")
            sys.stdout.flush()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)


def _obey(roles: Mapping[str, Callable[..., Any]], order: str, arguments: dict[str, Any]) -> Any:
    match order:
        case "start":
            children.add(number := _fork(roles[arguments["role"]], arguments["arguments"]))
            return number
        case "wait":
            return _exit_code(**arguments)
        case _:
            answer = roles[order](**arguments)
            connections.close_all()  # no child may inherit one
            return answer


def _fork(role: Callable[..., Any], arguments: dict[str, Any]) -> int:
    number = os.fork()
    if number:
        return number
    code = 1
    os.dup2(2, 1)  # else who reads our answers would wait for this one, too
    try:
        role(**arguments)
        connections.close_all()
        code = 0
    except BaseException:  # noqa: BLE001 -- nothing may return into the parent's loop
        traceback.print_exc()
    finally:
        os._exit(code)


def _exit_code(number: int, seconds: float) -> int | None:
    """Of a child that ends within this time, else None."""
    until = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            children.discard(number)
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.01)
