"""Pictures of 概况: one chart a file, drawn by Qt alone."""
