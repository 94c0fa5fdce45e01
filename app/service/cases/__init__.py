"""一生一案: opening a case, visits and calls, where it stands."""
