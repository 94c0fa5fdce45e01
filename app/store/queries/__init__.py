"""Named questions over several tables or ranges, one file a subject; each gives records or frozen rows."""
