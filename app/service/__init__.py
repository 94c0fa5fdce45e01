"""The use cases: one function each, taking the `Desk` it works at; bootstrap runs it in one transaction."""
