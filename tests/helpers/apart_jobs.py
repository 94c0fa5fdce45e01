"""Jobs for the reading process that misbehave as a hostile file makes a reader do."""

import os
import time

from app.errors import EnvironmentProblem, UserError


def twice(number: int) -> int:
    """A job that does well."""
    return 2 * number


def refuse(environment: bool) -> None:
    """A refusal with a sentence."""
    raise (EnvironmentProblem if environment else UserError)("这个文件不行。")


def stumble() -> None:
    """A bug."""
    raise KeyError("no such key")


def die() -> None:
    """What a reader in another language does at the end of its memory."""
    os.abort()


def swell() -> int:
    """More memory than a reading process has."""
    return len(bytearray(3 << 30))


def sink(depth: int = 0) -> int:
    """No end of calls."""
    return sink(depth + 1)


def print_much() -> str:
    """A library that speaks where the answers go."""
    print("noise")
    return "done"


def sleep() -> None:
    """A reader that never comes back."""
    time.sleep(600)
