"""设置: one part shown at a time."""
