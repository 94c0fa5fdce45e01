"""The facts on disk: the only room that knows SQLite. Use `Store` and, for copies, `app.store.backup`."""

from app.store.clock import Clock, system_clock
from app.store.journal import JournalEntry
from app.store.sealed_files import SealedFiles
from app.store.store import Created, Store
from app.store.transaction import Transaction

__all__ = ["Clock", "Created", "JournalEntry", "SealedFiles", "Store", "Transaction", "system_clock"]
