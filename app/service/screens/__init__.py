"""What one page reads across subjects; a use case never imports from here."""
