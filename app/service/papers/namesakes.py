"""Children of one name beside each other: each gets whatever tells it apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Namesake:
    """What tells children of one name apart: the school ('' in a school itself), the class, the number of the case."""

    name: str
    school: str
    class_name: str
    no: str


def told_apart(children: Sequence[Namesake]) -> list[str]:
    """What each child is called: by its name alone, or with the school, else the class, else the number of the case
    behind it; whatever differs between those of one name."""
    called = [one.name for one in children]
    for words in ("school", "class_name", "no"):
        said = [str(getattr(one, words)) for one in children]
        kinds = set(zip(called, said, strict=True))
        differs = Counter(name for name, _ in kinds)
        called = [
            f"{name}（{more}）" if differs[name] > 1 and more else name
            for name, more in zip(called, said, strict=True)
        ]
    return called
