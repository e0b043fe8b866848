"""Room for what a page calls, taken once.

Python keeps the frames of its calls in pieces of 16 kB, and gives a piece back as soon as nothing
stands in it. A page goes some fifty calls deep, in and out of a piece at its brink: so it asked
the system for memory, and gave it back, hundreds of times. Who says that it needs much gets a piece
with as much again behind it, and all that it calls stands in there.
"""

import gc
from collections.abc import Callable
from types import FunctionType
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

NEEDED = 33_000  # words of 8 bytes: just over 256 kB, so that Python takes 512
SELDOM = (10_000, 10, 10)  # objects made, and rounds, until rings of dead ones are looked for

Call = TypeVar("Call", bound=Callable[..., object])


def roomy(call: Call) -> Call:
    """The function itself; memory that nothing was written to costs nothing."""
    function = cast(FunctionType, call)
    function.__code__ = function.__code__.replace(co_stacksize=NEEDED)
    return call


class RoomForCalls:
    """Around all that answers a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @roomy
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


def settle() -> None:
    """Once all is read that pages are made with: it stays, and no collection looks at it again. A
    page makes thousands of objects that live as long as it: by Python's own measure, of 700, they
    are looked through over and over while it is drawn."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
