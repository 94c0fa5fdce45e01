"""What a write says of itself."""

from app.domain.changes import Changes


def test_changes_name_the_tables_that_were_written() -> None:
    written = Changes({"student": frozenset({"s1"})})
    assert written.touches("contact", "student")
    assert not written.touches("contact")


def test_no_write_touches_nothing() -> None:
    assert not Changes().touches("student")
