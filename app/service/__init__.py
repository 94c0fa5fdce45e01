"""The use cases: one function each, taking the `Desk` it works at; `program` runs it in one transaction."""
