"""What becomes of proposals whose document is gone: removed, unless a person has worked on them."""

from __future__ import annotations

from pathlib import Path

from ingest.proposal_files import DOCUMENTS_FOLDER, DocumentState, ProposalError, read_rows, read_state
from ingest.proposal_rows import row_hash
from ingest.proposals import LEFT_OUT_FOLDER
from ingest.unreadable import forget_unreadable


def forget_document(folder: Path, file_name: str) -> list[Path]:
    """Remove what a folder of proposals holds of a file; return the files of proposals that were kept.

    A file is kept where a row of it is not as it was written, or where it cannot be read: that is somebody's work.
    """
    forget_unreadable(folder, file_name)
    kept = []
    for path in sorted((folder / DOCUMENTS_FOLDER).glob("*.json")):
        rows = folder / f"{path.stem}.csv"
        try:
            state = read_state(folder, path.stem)
            if state is None or state.file_name != file_name:
                continue
            is_kept = _has_work(rows, state)
        except ProposalError:
            continue
        if is_kept:
            kept.append(rows)
            continue
        for file in (rows, folder / LEFT_OUT_FOLDER / rows.name, path):
            file.unlink(missing_ok=True)
    return kept


def _has_work(rows: Path, state: DocumentState) -> bool:
    """Whether somebody changed or added a row, or a tie of an earlier version waits to be written again."""
    if not rows.exists():
        return False
    written = set(state.row_hashes)
    return bool(state.relations) or any(row_hash(row) not in written for row in read_rows(rows))
