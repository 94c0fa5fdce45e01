"""The rules of the field: pure functions over frozen facts, with `today` passed in."""
