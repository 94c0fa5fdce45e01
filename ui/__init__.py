"""The window and the paper: everything of 归学 that needs Qt."""
