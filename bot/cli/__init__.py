"""The command line: parses, calls one use case, prints. The terminal is this room's only output."""
