"""Readable keys made of names: lower-case letters and digits with hyphens."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """`Operation Río Bravo` → `operation-rio-bravo`; empty where nothing of the name can be kept."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
