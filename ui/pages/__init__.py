"""The pages of the window, one a room; they reach each other only through `Bus.go`."""
