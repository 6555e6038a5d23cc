"""A socket of this machine, and what ends the serving of it."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from oxalis_panels.model.value import frozen
from oxalis_panels.serving.application import application
from oxalis_panels.serving.desk import Desk, Told
from oxalis_panels.serving.edition import Editor
from oxalis_panels.serving.watching import Watch
from oxalis_panels.words.catalogue import Catalogue

LOOPBACK = "127.0.0.1"
MOST_TRIED = 50
"""Ports after the wanted one that are tried."""
TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES, 10013, 10048})
"""What the systems say of a port that is not free; the numbers are those of Windows."""
ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
TURN = 0.0005
"""Seconds after which a thread that reckons lets the one that answers go on: Python's own 5 ms add up."""
GRACE = 1
"""Seconds that answers under way may still take once the server is to end."""
LONGEST = 3.0
"""Seconds after which all ends, whatever is being made: a template may go on for ever, its thread with it."""
SIGNALLED = 128
"""Added to the number of a signal, as shells have it."""


@frozen
class Serving:
    """What is to be served."""

    project: Path
    port: int
    """The wanted one; the next free one is taken. 0: any."""
    poll: bool = False
    """Whether files are looked at again and again, though the file system may tell of changes."""


@frozen
class Hearers:
    """Who is told what happens."""

    started: Callable[[str, int, Watch], None]
    """Hears the address, its port, and what is watched, once all is ready."""
    told: Told
    """Hears of every edition."""
    lost: Callable[[], None]
    """Hears when the system has ended a process that makes posters: another one goes on."""


def listen(port: int) -> socket.socket | None:
    """Return a socket on the first free port from the wanted one on; None if none of them is free."""
    for each in range(port, min(port + MOST_TRIED, 65536)):
        # Named, for asyncio to send at once: else the second part of an answer waits 40 ms for the first.
        opened = socket.socket(proto=socket.IPPROTO_TCP)
        if sys.platform == "win32":  # it would let two programs have the same port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # no wait for the connections of a server that has just ended
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((LOOPBACK, each))
            opened.listen(128)
        except OSError as refusal:
            opened.close()
            if refusal.errno not in TAKEN:
                raise
        else:
            return opened
    return None


def serve(serving: Serving, opened: socket.socket, words: Catalogue, hearers: Hearers) -> int:
    """Serve a project on a socket until a signal ends it; return the signal's number."""
    timers: list[threading.Timer] = []
    try:
        return asyncio.run(_serve(serving, opened, words, hearers, timers))
    finally:
        for timer in timers:
            timer.cancel()


async def _serve(
    serving: Serving,
    opened: socket.socket,
    words: Catalogue,
    hearers: Hearers,
    timers: list[threading.Timer],
) -> int:
    sys.setswitchinterval(TURN)
    desk = Desk(Editor(serving.project), words, hearers.told, hearers.lost)
    watch = Watch(serving.project, poll=serving.poll)
    config = uvicorn.Config(
        application(desk, serving.project),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config, desk)
    with _signals(server, timers) as caught:
        watching = asyncio.create_task(watch.run())
        drawing = asyncio.create_task(desk.posters.run())
        await desk.renew()
        gc.freeze()  # what is there by now stays: no search for garbage need go through it
        following = asyncio.create_task(desk.follow(watch))
        port = opened.getsockname()[1]
        tasks = (watching, following, drawing)
        for task in tasks:
            task.add_done_callback(lambda _: setattr(server, "should_exit", True))  # only a bug ends one
        if not caught:
            hearers.started(f"http://{LOOPBACK}:{port}/", port, watch)
            await server.serve(sockets=[opened])
        for task in tasks:
            task.cancel()
        for failure in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(failure, Exception):
                raise failure
    return caught[0] if caught else signal.SIGTERM


class _Server(uvicorn.Server):
    """Ends the streams before it waits for them; its signals are ours.

    Nothing public says either. `tests/test_libraries.py` tells when a new version has no such methods.
    """

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.close()
        await super().shutdown(sockets)


@contextmanager
def _signals(server: uvicorn.Server, timers: list[threading.Timer]) -> Iterator[list[int]]:
    """Have signals end the server, a second one at once; yield those that came. An ignored one stays so.

    The timer that ends all is added to `timers`: it counts until every thread has ended.
    """
    caught: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        server.force_exit = bool(caught)
        server.should_exit = True
        if not caught:
            timers.append(threading.Timer(LONGEST, os._exit, (SIGNALLED + number,)))
            timers[0].daemon = True
            timers[0].start()
        caught.append(number)

    names = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    heeded = [each for each in names if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, end) for each in heeded}
    try:
        yield caught
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
