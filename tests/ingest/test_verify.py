"""A claim is proved by the characters of its document, or it is told what stands there instead."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from ingest.check import SeedError
from ingest.reading import read_document
from ingest.tables import TABLES
from ingest.verify import Verification, verify

from ..support import SEEDS, SeedFolder

# Made up, with what moves offsets: two kinds of line end, a letter of two code points, a sign outside the basic plane.
REPORT = (
    "Harbour notes 📋\r\n"
    "At the cafe\u0301 gate, wardens counted 1,250 crates.\n"
    "Of those, 3\u202f400 kilos were wax; thousands of labels were blank.\r\n"
)
FIGURES = {"1,250": ("1250", "count", "exact"), "3\u202f400 kilos": ("3400", "kg", "exact"),
           "thousands": ("1000", "count", "magnitude")}  # fmt: skip
CONTROL = "Harbour notes, second day.\nNothing was counted.\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "report.txt").write_bytes(REPORT.encode())
    (folder / "control.txt").write_bytes(CONTROL.encode())
    return folder


@pytest.fixture
def seeds(tmp_path: Path) -> SeedFolder:
    """Seed tables of the two texts: what they need, and headers."""
    folder = SeedFolder(tmp_path / "seeds")
    folder.path.mkdir()
    for table in TABLES:
        folder.write(table.name, [table.columns])
    for unit in ("count", "kg"):
        folder.append("units", unit_id=unit, unit_name=unit, unit_dimension={"kg": "mass"}.get(unit, unit),
                      canonical_unit_id=unit, canonical_factor="1", factor_source="By definition",
                      aliases={"kg": "kilos"}.get(unit, ""))  # fmt: skip
    folder.append("subjects", subject_id="cargo", subject_name="Cargo", subject_group="cargo")
    for name, text in (("report", REPORT), ("control", CONTROL)):
        folder.append("documents", document_id=name, file_name=f"{name}.txt", title=name, document_kind="article",
                      language="en", sha256=hashlib.sha256(text.encode()).hexdigest(), char_count=str(len(text)),
                      licence="Made up")  # fmt: skip
    for verbatim, (value, unit, qualifier) in FIGURES.items():
        start = REPORT.index(verbatim)
        folder.append("claims", claim_id=f"report:{start}", document_id="report", char_start=str(start),
                      char_end=str(start + len(verbatim)), verbatim=verbatim, claim_type="other", subject_id="cargo",
                      value=value, qualifier=qualifier, unit_id=unit, period_basis="unspecified",
                      review_status="accepted")  # fmt: skip
    return folder


def failures_of(verification: Verification, document_id: str) -> tuple[str, ...]:
    return next(found.failures for found in verification.documents if found.document_id == document_id)


def test_claims_that_stand_in_their_document_are_proved(seeds: SeedFolder, texts: Path) -> None:
    found = verify(seeds.path, texts)
    assert [(d.document_id, d.file_name, d.claim_count, d.failures) for d in found.documents] == [
        ("report", "report.txt", 3, ()),
        ("control", "control.txt", 0, ()),
    ]
    assert (found.failures, found.unregistered) == ([], ())


def test_one_changed_digit_of_a_text_is_told_by_hash_and_by_span(seeds: SeedFolder, texts: Path) -> None:
    (texts / "report.txt").write_bytes(REPORT.replace("1,250", "1,350").encode())
    by_hash, by_span = failures_of(verify(seeds.path, texts), "report")
    assert by_hash.startswith("seeds/documents.csv, row 2, column sha256: ")
    assert "map its claims to the new version" in by_hash
    start = REPORT.index("1,250")
    assert by_span == (
        f"seeds/claims.csv, row 2, column verbatim: “1,250”: characters {start}–{start + 5} of report.txt are “1,350”"
    )


def test_a_shifted_text_fails_every_claim_after_the_shift(seeds: SeedFolder, texts: Path) -> None:
    shifted = REPORT.replace("Of those", "Of all those")
    (texts / "report.txt").write_bytes(shifted.encode())
    found = failures_of(verify(seeds.path, texts), "report")
    assert [failure.split(": ")[0] for failure in found] == [
        "seeds/documents.csv, row 2, column sha256",
        "seeds/documents.csv, row 2, column char_count",
        "seeds/claims.csv, row 3, column verbatim",
        "seeds/claims.csv, row 4, column verbatim",
    ]
    assert f"the text has {len(shifted)} code points" in found[1]


@pytest.mark.parametrize("change", [("\r\n", "\n"), ("e\u0301", "é")], ids=["line ends", "normal form"])
def test_texts_are_read_as_they_are(seeds: SeedFolder, texts: Path, change: tuple[str, str]) -> None:
    """Offsets count code points of the bytes on disk: an editor that tidies line ends or accents moves them."""
    (texts / "report.txt").write_bytes(REPORT.replace(*change).encode())
    columns = [failure.split(": ")[0].split()[-1] for failure in failures_of(verify(seeds.path, texts), "report")]
    assert columns == ["sha256", "char_count", "verbatim", "verbatim", "verbatim"]


def test_a_span_that_is_off_by_one_is_told_with_what_stands_there(seeds: SeedFolder, texts: Path) -> None:
    row = seeds.find("claims", verbatim="1,250")
    start = REPORT.index("1,250") + 1
    seeds.change("claims", row, claim_id=f"report:{start}", char_start=str(start), char_end=str(start + 5))
    (failure,) = verify(seeds.path, texts).failures
    assert failure.endswith(f"“1,250”: characters {start}–{start + 5} of report.txt are “,250 ”")


@pytest.mark.parametrize(
    ("written", "told"), [("21,250", True), ("$1,250", True), ("1,250.5", True), ("1,250,", False)]
)
def test_a_span_cut_out_of_a_longer_number_is_told(texts: Path, seeds: SeedFolder, written: str, told: bool) -> None:
    """The characters are those of the claim, and yet another figure stands there."""
    cut = REPORT.replace("1,250", written, 1)
    (texts / "report.txt").write_bytes(cut.encode())
    start = cut.index("1,250")
    row = seeds.find("claims", verbatim="1,250")
    seeds.change("claims", row, claim_id=f"report:{start}", char_start=str(start), char_end=str(start + 5))
    found = [failure for failure in failures_of(verify(seeds.path, texts), "report") if "goes on" in failure]
    assert bool(found) == told


def test_a_text_that_is_missing_fails_its_document_alone(seeds: SeedFolder, texts: Path) -> None:
    (texts / "control.txt").unlink()
    found = verify(seeds.path, texts)
    assert failures_of(found, "report") == ()
    (failure,) = failures_of(found, "control")
    assert failure.startswith("seeds/documents.csv, row 3, column file_name: “control.txt”: no such file")


def test_a_text_that_nobody_registered_is_named_and_no_failure(seeds: SeedFolder, texts: Path) -> None:
    (texts / "third.txt").write_text("Harbour notes, third day.\n", encoding="utf-8")
    (texts / "page.html").write_text("<p>Harbour notes</p>\n", encoding="utf-8")
    (texts / ".DS_Store").write_bytes(b"\0")
    found = verify(seeds.path, texts)
    assert found.unregistered == ("page.html", "third.txt")
    assert found.failures == []


def test_broken_seed_tables_prove_nothing(seeds: SeedFolder, texts: Path) -> None:
    seeds.change("claims", 2, value="1251")
    with pytest.raises(SeedError, match="column value: “1251”"):
        verify(seeds.path, texts)


def test_a_text_in_another_encoding_fails_its_document_alone(seeds: SeedFolder, texts: Path) -> None:
    (texts / "control.txt").write_bytes(REPORT.encode("utf-16"))
    assert failures_of(verify(seeds.path, texts), "report") == ()


def test_every_claim_of_the_project_stands_in_its_document(documents: Path) -> None:
    found = verify(SEEDS, documents)
    assert found.failures == []
    counts = Counter(row["document_id"] for row in SeedFolder(SEEDS).rows("claims").values())
    assert {d.document_id: d.claim_count for d in found.documents} == {
        row["document_id"]: counts[row["document_id"]] for row in SeedFolder(SEEDS).rows("documents").values()
    }
    assert counts.total() >= 112


def test_a_claim_of_a_page_stands_in_the_text_that_is_read_of_it(texts: Path, seeds: SeedFolder) -> None:
    page = "<html><body><p>Wardens of the harbour counted 75 crates, and nobody else did.</p></body></html>"
    (texts / "page.html").write_text(page, encoding="utf-8")
    text = read_document(texts / "page.html").text
    start = text.index("75")
    assert page[start : start + 2] != "75"
    seeds.append("documents", document_id="page", file_name="page.html", title="page", document_kind="article",
                 language="en", sha256=hashlib.sha256(page.encode()).hexdigest(), char_count=str(len(text)),
                 licence="Made up")  # fmt: skip
    seeds.append("claims", claim_id=f"page:{start}", document_id="page", char_start=str(start),
                 char_end=str(start + 2), verbatim="75", claim_type="other", subject_id="cargo", value="75",
                 qualifier="exact", unit_id="count", period_basis="unspecified", review_status="accepted")  # fmt: skip
    assert verify(seeds.path, texts).failures == []
    seeds.change("claims", seeds.find("claims", document_id="page"), verbatim="76", value="76")
    assert "of page.html are “75”" in verify(seeds.path, texts).failures[0]
