"""Every stored fact is journaled, once."""

from app.domain.records import JOURNALED, Record


def test_every_record_class_is_journaled_once() -> None:
    assert sorted(one.__name__ for one in Record.__subclasses__()) == sorted(
        one.__name__ for one in JOURNALED
    )
