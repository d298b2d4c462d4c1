"""The measurement of the finding of figures: its matching rule, the extractors it runs, and what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicentennial.bench_extract import own
from bicentennial.bench_extract.compare import BENCH_PYTHON, LabelledDocument
from bicentennial.bench_extract.extractors import EXTRACTORS, NO_FIGURE, NotInstalledError
from bicentennial.bench_extract.matching import Finding, Interval, core, match, standing
from bicentennial.bench_extract.worker import run
from ingest.extract import Reference, extract
from ingest.reading import read_document

from .support import PROJECT, SEEDS, SeedFolder, environment

TEXT = (
    "On May 4, 2021, officers took over 12,500 pounds of salt and $46.1 billion; nine left, hundreds of thousands "
    "stayed."
)


def spans(*parts: str, text: str = TEXT) -> list[Interval]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


ACCEPTED = spans("12,500 pounds", "$46.1 billion", "nine", "hundreds of thousands")


# The matching rule


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("12,500 pounds", "12,500"),
        ("$46.1 billion", "46.1 billion"),
        ("25%", "25"),
        ("No", "No"),
        ("a billion", "a billion"),
        ("multi-million dollar", "million"),
        ("hundreds of thousands of dollars", "hundreds of thousands"),
        ("2,700 liquid doses", "2,700"),
        ("forty-two", "forty-two"),
    ],
)
def test_the_core_of_a_figure_is_its_number(figure: str, expected: str) -> None:
    text = f"x {figure} y"
    start, end = core(text, (2, 2 + len(figure)))
    assert text[start:end] == expected


def test_a_figure_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="officers"):
        core(TEXT, spans("officers")[0])


@pytest.mark.parametrize("predicted", ["12,500", "over 12,500 pounds", "500 pounds of salt", "2"])
def test_a_span_that_touches_the_number_is_a_hit(predicted: str) -> None:
    start = TEXT.index(predicted, TEXT.index("over"))
    assert match(TEXT, ACCEPTED, [(start, start + len(predicted))]) == Finding(4, 1, 1)


@pytest.mark.parametrize("predicted", ["over", "pounds", "4, 2021", "$", " "])
def test_a_span_that_touches_only_what_is_around_the_number_is_none(predicted: str) -> None:
    assert match(TEXT, ACCEPTED, spans(predicted)) == Finding(4, 1, 0)


def test_a_span_over_two_figures_finds_one() -> None:
    assert match(TEXT, ACCEPTED, spans("12,500 pounds of salt and $46.1 billion")) == Finding(4, 1, 1)


def test_two_spans_on_one_figure_are_a_hit_and_a_false_alarm() -> None:
    assert match(TEXT, ACCEPTED, spans("46.1", "billion")) == Finding(4, 2, 1)


def test_of_spans_that_overlap_the_longest_stands() -> None:
    predicted = spans("12,500", "12,500 pounds", "46.1", "$46.1 billion")
    assert standing([*predicted, predicted[0]]) == spans("12,500 pounds", "$46.1 billion")
    assert match(TEXT, ACCEPTED, predicted) == Finding(4, 2, 2)


def test_recall_and_precision_add_up_over_documents() -> None:
    both = match(TEXT, ACCEPTED, ACCEPTED[:3]) + Finding(0, 2, 0)
    assert (both.recall, both.precision) == (3 / 4, 3 / 5)
    assert (Finding(0, 0, 0).recall, Finding(0, 0, 0).precision) == (0, 0)


def disjoint(cuts: list[int]) -> list[Interval]:
    ends = sorted(set(cuts))
    return list(zip(ends[::2], ends[1::2], strict=False))


def most_pairs(left: list[Interval], right: list[Interval]) -> int:
    """The size of the largest assignment, by trying all."""
    if not left:
        return 0
    first, rest = left[0], left[1:]
    best = most_pairs(rest, right)
    for n, span in enumerate(right):
        if first[0] < span[1] and span[0] < first[1]:
            best = max(best, 1 + most_pairs(rest, right[:n] + right[n + 1 :]))
    return best


CUTS = st.lists(st.integers(0, 24), max_size=10).map(disjoint)


@given(CUTS, CUTS)
def test_no_assignment_finds_more_hits(accepted: list[Interval], predicted: list[Interval]) -> None:
    assert match("7" * 24, accepted, predicted).hits == most_pairs(accepted, predicted)


def test_help_takes_away_furniture_noise_and_dates_only() -> None:
    document = LabelledDocument(
        Path("a.txt"), TEXT, tuple(ACCEPTED), ((0, TEXT.index("hundreds")),), tuple(spans("nine")),
        tuple(found.span() for found in NO_FIGURE.finditer(TEXT)),
    )  # fmt: skip
    predicted = [*ACCEPTED, *spans("4", "2021", "salt")]
    assert document.finding(predicted) == Finding(4, 7, 4)
    assert document.helped_finding(predicted) == Finding(4, 3, 2)


# The extractors

SENTENCE = (
    "On May 4, 2021, at 10:30 a.m., a 25-year-old driver in his second week lost 12,500 pounds of salt, $46.1 billion, "
    "40 percent more than in June, and ninety-two hundred trucks; thousands of others stayed."
)
FIGURES = spans("12,500 pounds", "$46.1 billion", "40 percent", "ninety-two hundred", "thousands", text=SENTENCE)


def found(name: str, folder: Path, interpreter: Path = Path(sys.executable), model: str = "no-model") -> Finding:
    """Run an extractor in a process of its own on the sentence; memory and time have to be told."""
    path = folder / "sentence.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    measured = run(interpreter, name, [path], 1, model)
    assert 0 < measured.seconds < 60
    assert 5e6 < measured.peak_bytes < 2e9
    return match(SENTENCE, FIGURES, measured.spans["sentence.txt"])


def test_the_regular_expression_knows_numbers_from_dates_and_ages(tmp_path: Path) -> None:
    assert found("regular-expression", tmp_path) == Finding(5, 5, 5)


def test_ours_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    finding = found("ours", tmp_path)
    assert (finding.recall, finding.precision) == (1, 1)


def test_an_extractor_that_is_not_there_says_what_brings_it(tmp_path: Path) -> None:
    with pytest.raises(NotInstalledError, match=r"quantulum3 is not installed.*make bench-extract"):
        found("quantulum3", tmp_path)


@pytest.fixture
def bench_python() -> Path:
    if not (BENCH_PYTHON.parents[1] / ".installed").exists():
        pytest.skip("the other extractors are not installed: make bench-extract makes .venv-bench")
    return BENCH_PYTHON


@pytest.mark.parametrize(
    ("name", "most"), [("spacy-rules", 10), ("quantulum3", 10), ("recognizers-text", 12)]
)  # none of them knows dates
def test_the_others_find_the_figures(name: str, most: int, bench_python: Path, tmp_path: Path) -> None:
    finding = found(name, tmp_path, bench_python)
    assert finding.hits >= 4
    assert finding.predicted <= most


def test_of_the_entities_of_spacy_those_of_number_types_count(bench_python: Path, tmp_path: Path) -> None:
    """A pipeline of rules stands for a trained one: what is tested is which labels are taken, and the offsets."""
    make = """
import spacy, sys
nlp = spacy.blank("en")
nlp.add_pipe("entity_ruler").add_patterns([
    {"label": "DATE", "pattern": "May 4, 2021"}, {"label": "ORDINAL", "pattern": "second"},
    {"label": "QUANTITY", "pattern": "12,500 pounds"}, {"label": "MONEY", "pattern": "$46.1 billion"},
    {"label": "PERCENT", "pattern": "40 percent"}, {"label": "CARDINAL", "pattern": "thousands"},
])
nlp.to_disk(sys.argv[1])
"""
    subprocess.run([bench_python, "-c", make, str(tmp_path / "model")], check=True)
    assert found("spacy", tmp_path, bench_python, str(tmp_path / "model")) == Finding(5, 4, 4)


def test_a_model_that_is_not_there_says_so(bench_python: Path, tmp_path: Path) -> None:
    with pytest.raises(NotInstalledError, match="trained model no-model is not installed"):
        found("spacy", tmp_path, bench_python)


def test_the_lock_of_the_others_holds_what_is_compared_and_is_apart() -> None:
    text = (PROJECT / "requirements-bench.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pins = set(re.findall(r"^(\S+==\S+)", text, flags=re.MULTILINE))
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["bench"]
    assert set(asked) <= pins
    assert {extractor.package for extractor in EXTRACTORS.values() if extractor.package} <= {
        pin.split("==")[0] for pin in asked
    }
    main = (PROJECT / "requirements-dev.lock").read_text(encoding="utf-8")
    for pin in asked:
        assert not re.search(rf"^{re.escape(pin.split('==')[0])}==", main, flags=re.MULTILINE), pin


# Ours by itself


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load(SEEDS)


def test_a_pace_is_bytes_over_seconds(reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE + " “Ñ”", encoding="utf-8")
    pace = own.throughput([path, path], reference, 2)
    assert pace.size == 2 * len((SENTENCE + " “Ñ”").encode())
    assert pace.megabytes_per_second == pytest.approx(pace.size / pace.seconds / 1e6)


def test_a_longer_text_is_the_same_text_again(reference: Reference, tmp_path: Path) -> None:
    paces = own.linearity(SENTENCE, reference, tmp_path, 1)
    assert [pace.size for pace in paces] == [times * (len(SENTENCE) + 2) - 2 for times in own.TIMES]
    assert [len(extract(read_document(tmp_path / f"times-{times}.txt"), reference).claims) for times in own.TIMES] == [
        len(FIGURES) * times for times in own.TIMES
    ]


def test_memory_is_looked_at_after_so_many_documents(reference: Reference, tmp_path: Path) -> None:
    first, last = own.memory(reference, tmp_path, (5, 30))
    assert (first.documents, last.documents) == (5, 30)
    assert first.size < last.size
    assert first.seconds < last.seconds
    assert 5e6 < first.resident_bytes < 2e9
    assert not list(tmp_path.glob("generated-*")), "documents stay on the disk"
    assert len(list((tmp_path / "proposals").glob("*.csv"))) == 30


def test_generated_documents_are_unlike_and_hold_figures_in_every_kind(reference: Reference, tmp_path: Path) -> None:
    texts, claims = set(), {".txt": 0, ".md": 0, ".html": 0}
    for path in own.generated_documents(tmp_path, 40):
        texts.add(path.read_text(encoding="utf-8"))
        claims[path.suffix] += len(extract(read_document(path), reference).claims)
    assert len(texts) == 40
    assert all(claims.values()), claims


# The command


def bench(*arguments: str, home: Path, seeds: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bicentennial.bench_extract", *arguments], env=environment(home, seeds), cwd=PROJECT,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def own_seeds(seeds_copy: SeedFolder, tmp_path: Path) -> SeedFolder:
    """Seed tables with one document, whose text is `texts/own.txt`, and one accepted figure in it."""
    for table in ("documents", "claims", "claim_agencies", "claim_operations", "claim_relations"):
        seeds_copy.write(table, seeds_copy.records(table)[:1])
    text = "Since May 4, 2021, officers in two ports have seized 120 firearms.\n"
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "own.txt").write_text(text, encoding="utf-8")
    ((start, end),) = spans("120", text=text)
    seeds_copy.append("documents", document_id="own", file_name="own.txt", language="en")
    seeds_copy.append("claims", claim_id=f"own:{start}", document_id="own", char_start=str(start), char_end=str(end),
                      verbatim="120", value="120", review_status="accepted")  # fmt: skip
    return seeds_copy


def test_the_command_measures_and_writes_what_it_shows(own_seeds: SeedFolder, tmp_path: Path) -> None:
    done = bench("--documents", str(tmp_path / "texts"), "--only", "ours", "--only", "regular-expression", "--rounds",
                 "1", "--count", "20", "--json", str(tmp_path / "out.json"),
                 home=tmp_path, seeds=own_seeds.path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1 documents, 67 bytes, 1 accepted figures" in done.stdout
    assert re.search(r"\| a bare regular expression \| 1\.000 \| 0\.500 \| 1\.000 \| 0\.500 \|", done.stdout)
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in written["comparison"]] == ["ours", "regular-expression"]
    assert written["comparison"][1]["finding"] == {
        "accepted": 1, "predicted": 2, "hits": 1, "recall": 1.0, "precision": 0.5}  # fmt: skip
    assert [at["documents"] for at in written["memory"]] == [2, 10, 20]
    assert len(written["linearity"]) == 3


def test_without_texts_the_command_says_what_it_needs(own_seeds: SeedFolder, tmp_path: Path) -> None:
    done = bench(home=tmp_path, seeds=own_seeds.path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--documents DIR, or BICENTENNIAL_DOCUMENTS" in done.stderr


@pytest.mark.parametrize("content", [None, "Another text, with 120 in another place.\n"])
def test_a_text_that_is_missing_or_another_is_named(content: str | None, own_seeds: SeedFolder, tmp_path: Path) -> None:
    path = tmp_path / "texts" / "own.txt"
    path.unlink()
    if content:
        path.write_text(content, encoding="utf-8")
    done = bench("--documents", str(path.parent), home=tmp_path, seeds=own_seeds.path)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(path) in done.stderr
