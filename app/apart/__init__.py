"""Reading the files that people bring in a process of its own: one that breaks, loops or swells costs one sentence."""
