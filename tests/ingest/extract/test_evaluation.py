"""The extractor against the accepted claims: it fails when a figure falls under the recorded one.

Needs the texts: BICENTENNIAL_DOCUMENTS names their folder. Without it this is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.evaluate import TARGETS, Evaluation, accepted_claims, evaluate
from ingest.extract import Reference, extract
from ingest.reading import read_document
from tests.support import SEEDS

DOCUMENTS = os.environ.get("BICENTENNIAL_DOCUMENTS")
SEED_DOCUMENTS = frozenset(
    "examiner-hlsd-2023 harris-visit-2021 hlsd-fact-sheet-2021 hlsd-fact-sheet-2023 oan-hlsd-2021".split()
)
RECORDED = {"recall": 1.0, "precision": 1.0, "value": 1.0, "unit": 1.0, "qualifier": 1.0, "claim_type": 1.0,
            "what": 0.99,
            "operation": 1.0, "lead": 1.0, "period": 1.0, "subset_recall": 1.0, "subset_precision": 1.0}  # fmt: skip
"""What was measured when the rules were last changed."""


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    if not DOCUMENTS or not Path(DOCUMENTS).is_dir():
        pytest.skip("BICENTENNIAL_DOCUMENTS names no folder with the texts")
    accepted = [document for document in accepted_claims(SEEDS) if document.document_id in SEED_DOCUMENTS]
    paths = [Path(DOCUMENTS) / document.file_name for document in accepted]
    if not all(path.is_file() for path in paths):
        pytest.skip("the folder of BICENTENNIAL_DOCUMENTS lacks seed documents")
    reference = Reference.load(SEEDS)
    return evaluate(accepted, [extract(read_document(path), reference) for path in paths])


@pytest.mark.parametrize("name", list(RECORDED))
def test_no_figure_falls(evaluation: Evaluation, name: str) -> None:
    found = evaluation.overall.ratios()[name]
    assert found is not None
    assert found >= max(TARGETS[name], RECORDED[name] - 0.001), "\n".join(
        str(difference) for difference in evaluation.differences if difference.attribute == name
    )


def test_the_document_without_figures_gives_none(evaluation: Evaluation) -> None:
    assert evaluation.documents["hlsd-fact-sheet-2021"].proposed == 0
