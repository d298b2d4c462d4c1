"""Commands of `bicentennial`, a file each. Here are arguments and what a person reads.

The work is done elsewhere, and imported inside the command, so that the others start at once.
"""
