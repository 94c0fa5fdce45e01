"""The reading process: takes jobs from its standard input, one after another, and hands back plain values.

A job names a function of this program and what it is called with. What the function refuses goes back as its sentence;
anything else it raises is a bug and goes back whole.
"""

import importlib
import sys
import traceback
from typing import Any, BinaryIO

import msgspec

from app.apart.limits import limit_memory
from app.errors import EnvironmentProblem, Refusal

SIZE = 8  # bytes that say how long a message is


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message: its length, then its bytes."""
    content = msgspec.msgpack.encode(message)
    stream.write(len(content).to_bytes(SIZE, "big"))
    stream.write(content)
    stream.flush()


def take(stream: BinaryIO, most: int) -> Any:
    """The next message. Raises EOFError at the end of the stream, ValueError for one longer than `most` bytes."""
    size = int.from_bytes(_exactly(stream, SIZE), "big")
    if size > most:
        raise ValueError(f"a message of {size} bytes")
    return msgspec.msgpack.decode(_exactly(stream, size))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def answer(target: str, arguments: list[Any]) -> dict[str, Any]:
    """What came of one job: {"value"}, {"refused", "environment"}, {"swollen"} or {"bug"}."""
    try:
        module, _, name = target.partition(":")
        return {"value": getattr(importlib.import_module(module), name)(*arguments)}
    except Refusal as refused:
        return {"refused": refused.sentence, "environment": isinstance(refused, EnvironmentProblem)}
    except (MemoryError, RecursionError):
        return {"swollen": True}
    except Exception:
        return {"bug": traceback.format_exc()}


def main() -> None:
    """Answer jobs until the other side goes."""
    limit_memory()
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break the answers
    while True:
        try:
            target, arguments = take(jobs, sys.maxsize)
        except EOFError:
            return
        send(answers, answer(target, arguments))


if __name__ == "__main__":
    main()
