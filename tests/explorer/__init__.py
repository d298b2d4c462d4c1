"""The explorer, as a process, seen through a browser."""
