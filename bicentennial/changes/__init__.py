"""`CHANGES.md` of a release: what differs from the one before, in words and numbers for who reads the figures.

Words belong here; what differs is found in `bicentennial.diff`. The page names numeric expressions, places in a text,
titles and members of dimensions: no sentence of a document is in it, as none is in the release.
"""

from bicentennial.changes.page import describe_changes

__all__ = ["describe_changes"]
