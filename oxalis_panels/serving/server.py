"""The server: its socket, its tasks, and the signals that end it."""

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

from oxalis_panels.model.value import value
from oxalis_panels.serving.application import application
from oxalis_panels.serving.session import OnUpdate, Session
from oxalis_panels.serving.snapshot import SnapshotBuilder
from oxalis_panels.serving.watching import Watch
from oxalis_panels.words.catalogue import Catalogue

LOOPBACK = "127.0.0.1"
MAX_PORTS = 50
"""How many ports are tried, from the wanted one on."""
TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES, 10013, 10048})
"""Errors for a port that is not free; the numbers are those of Windows."""
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
SWITCH_INTERVAL_S = 0.0005
"""After how long a busy thread lets the one that responds go on: Python's own 5 ms add up."""
GRACE_S = 1
"""How long responses under way may still take once the server is to end."""
EXIT_LIMIT_S = 3.0
"""After how long all ends, whatever is being made: a template, and its thread, may run for ever."""
SIGNAL_EXIT = 128
"""Added to the number of a signal to give the exit code, as shells do."""


@value
class Serving:
    """What is to be served."""

    project: Path
    port: int
    """The wanted one; the next free one is taken. 0: any."""
    poll: bool = False
    """Whether files are polled even where the file system raises events."""


@value
class Callbacks:
    """What to call when something happens."""

    started: Callable[[str, int, Watch], None]
    """With the address, its port and what is watched, once all is ready."""
    updated: OnUpdate
    """After every snapshot, with its diagnostics and the seconds it took."""
    worker_lost: Callable[[], None]
    """When the system has ended a process that makes posters: another one goes on."""


def listen(port: int) -> socket.socket | None:
    """Return a socket on the first free port from the wanted one on; None if none of them is free."""
    for each in range(port, min(port + MAX_PORTS, 65536)):
        # TCP named, for asyncio to set TCP_NODELAY: else the second part of a response waits 40 ms.
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


def serve(serving: Serving, opened: socket.socket, words: Catalogue, callbacks: Callbacks) -> int:
    """Serve a project on a socket until a signal ends it; return the signal's number."""
    timers: list[threading.Timer] = []
    try:
        return asyncio.run(_serve(serving, opened, words, callbacks, timers))
    finally:
        for timer in timers:
            timer.cancel()


async def _serve(
    serving: Serving,
    opened: socket.socket,
    words: Catalogue,
    callbacks: Callbacks,
    timers: list[threading.Timer],
) -> int:
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    session = Session(SnapshotBuilder(serving.project), words, callbacks.updated, callbacks.worker_lost)
    watch = Watch(serving.project, poll=serving.poll)
    config = uvicorn.Config(
        application(session, serving.project),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config, session)
    with _signals(server, timers) as caught:
        watching = asyncio.create_task(watch.run())
        drawing = asyncio.create_task(session.posters.run())
        await session.refresh()
        gc.freeze()  # what exists by now stays: the garbage collector need not look at it again
        following = asyncio.create_task(session.follow(watch))
        port = opened.getsockname()[1]
        tasks = (watching, following, drawing)
        for task in tasks:
            task.add_done_callback(lambda _: setattr(server, "should_exit", True))  # only a bug ends one
        if not caught:
            callbacks.started(f"http://{LOOPBACK}:{port}/", port, watch)
            await server.serve(sockets=[opened])
        for task in tasks:
            task.cancel()
        for failure in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(failure, Exception):
                raise failure
    return caught[0] if caught else signal.SIGTERM


class _Server(uvicorn.Server):
    """Ends the streams before it waits for them, and leaves signals to us.

    Neither method is public. `tests/test_libraries.py` fails when a new version has no such methods.
    """

    def __init__(self, config: uvicorn.Config, session: Session) -> None:
        super().__init__(config)
        self._session = session

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._session.close()
        await super().shutdown(sockets)


@contextmanager
def _signals(server: uvicorn.Server, timers: list[threading.Timer]) -> Iterator[list[int]]:
    """Let signals end the server, a second one at once; yield the list of those that came.

    Ignored signals stay ignored. The timer that ends the process is added to `timers`; the caller cancels it.
    """
    caught: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        server.force_exit = bool(caught)
        server.should_exit = True
        if not caught:
            timers.append(threading.Timer(EXIT_LIMIT_S, os._exit, (SIGNAL_EXIT + number,)))
            timers[0].daemon = True
            timers[0].start()
        caught.append(number)

    known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    handled = [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, end) for each in handled}
    try:
        yield caught
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
