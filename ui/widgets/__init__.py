"""Small parts that pages are made of; they know no page and no use case."""
