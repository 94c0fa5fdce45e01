"""点名: one class on one day, and what opens beside it."""
