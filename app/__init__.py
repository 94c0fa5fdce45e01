"""归学: the program without its window. Nothing here knows Qt."""
