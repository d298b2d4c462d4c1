"""From a document that was read to proposed claims: deterministic rules over words, no model, nothing guessed.

`extract` is the entry; each module below it has one subject (numbers, time, names, what is counted, who, parts).
"""

from ingest.extract.assemble import extract
from ingest.extract.model import Extraction, LeftOut, ProposedClaim
from ingest.extract.reference import Reference

__all__ = ["Extraction", "LeftOut", "ProposedClaim", "Reference", "extract"]
