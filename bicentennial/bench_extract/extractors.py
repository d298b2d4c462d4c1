"""The extractors that are compared, each as a function from texts to the spans of the figures it finds.

Belongs here: how each is set up at its best for these texts, and what it calls a figure. Only the standard library is
imported on top: each runs in a process of its own, all but ours in another environment (`requirements-bench.lock`).
Each loader returns a function of one file; what comes before the first call is loading and is not timed.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Spans = list[tuple[int, int]]
Find = Callable[[Path], Spans]

SPACY_MODEL = "en_core_web_sm"
SPACY_FIGURES = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})  # not DATE, TIME, ORDINAL


class NotInstalledError(Exception):
    """An extractor is not there; the message says what would put it there."""


@dataclass(frozen=True)
class Extractor:
    """One row of the comparison. `load` gets the name or folder of spaCy's model, which the others pass over."""

    title: str
    load: Callable[[str], Find]
    package: str | None = None

    @property
    def version(self) -> str:
        return importlib.metadata.version(self.package) if self.package else ""


def load_ours(_: str) -> Find:
    """The whole path of `bicentennial extract`: the file is read, and every attribute of each claim proposed."""
    from bicentennial.settings import seeds
    from ingest.extract import Reference, extract
    from ingest.reading import read_document

    reference = Reference.load(seeds())

    def find(path: Path) -> Spans:
        return [(claim.span.start, claim.span.end) for claim in extract(read_document(path), reference).claims]

    return find


def load_spacy(model: str) -> Find:
    """Entities of number types of a trained model; parts of its pipeline that entities do not need are left out."""
    import spacy

    try:
        nlp = spacy.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    except OSError as error:
        raise NotInstalledError(
            f"the trained model {model} is not installed: .venv-bench/bin/python -m spacy download {SPACY_MODEL}, "
            "or name a folder with --spacy-model"
        ) from error

    def find(path: Path) -> Spans:
        return [(e.start_char, e.end_char) for e in nlp(text_of(path)).ents if e.label_ in SPACY_FIGURES]

    return find


def load_spacy_rules(_: str) -> Find:
    """spaCy without a model: its tokens that are like a number, neighbours joined, ordinals dropped."""
    import spacy

    nlp = spacy.blank("en")

    def find(path: Path) -> Spans:
        text = text_of(path)
        spans: Spans = []
        for token in nlp(text):
            if not token.like_num or ORDINAL.fullmatch(token.text):
                continue
            start, end = token.idx, token.idx + len(token)
            if spans and text[spans[-1][1] : start] in ("", " ", "-"):
                start, _ = spans.pop()
            spans.append((start, end))
        return spans

    return find


def load_quantulum3(_: str) -> Find:
    """Its parser as it comes. Its optional classifier chooses between units of one spelling and finds no span."""
    from quantulum3 import parser

    def find(path: Path) -> Spans:
        return [(start, end) for start, end in (quantity.span for quantity in parser.parse(text_of(path)))]

    return find


def load_recognizers_text(_: str) -> Find:
    """Its models of numbers, percentages, currencies and dimensions, not those of ordinals, ages and dates.

    A unit that it finds without a number has no value, and is no figure.
    """
    from recognizers_number import Culture, NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.English), NumberWithUnitRecognizer(Culture.English)
    models = (
        numbers.get_number_model(), numbers.get_percentage_model(),
        units.get_currency_model(), units.get_dimension_model(),
    )  # fmt: skip

    def find(path: Path) -> Spans:
        text = text_of(path)
        found = (each for model in models for each in model.parse(text) if each.resolution.get("value") is not None)
        return [(each.start, each.end + 1) for each in found]  # its end is inclusive

    return find


def load_regular_expression(_: str) -> Find:
    """One expression that eats dates, clock times, ordinals and ages, and takes every number that is left."""

    def find(path: Path) -> Spans:
        return [match.span() for match in BARE.finditer(text_of(path)) if match.lastgroup]

    return find


OURS = "ours"
EXTRACTORS = {
    OURS: Extractor("bicentennial, whole path", load_ours),
    "regular-expression": Extractor("a bare regular expression", load_regular_expression),
    "spacy": Extractor("spaCy, small English model", load_spacy, "spacy"),
    "spacy-rules": Extractor("spaCy, tokens like a number", load_spacy_rules, "spacy"),
    "quantulum3": Extractor("quantulum3", load_quantulum3, "quantulum3"),
    "recognizers-text": Extractor("recognizers-text", load_recognizers_text, "recognizers-text-number-with-unit"),
}


@cache
def text_of(path: Path) -> str:
    """The text that spans count in; kept, so that the others are not timed for reading files. Ours is."""
    return path.read_bytes().decode("utf-8")


_ONES = ("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
         "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety").replace(" ", "|")  # fmt: skip
_ORDERS = "hundred|thousand|million|billion|trillion|dozen"
_MONTH = (r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
          r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?")  # fmt: skip
_ORDINAL = r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_DATE = (
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d{{3}})(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}}\b)?"
    r"|\b(?:19|20)\d\d[-/]\d\d(?:[-/]\d\d)?\b|\b\d{1,2}:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?\b|\b(?:19|20)\d\d\b(?!,\d)"
)
_NUMBER = (
    rf"(?:US)?\$?(?<![\w.-])\d+(?:,\d{{3}})*(?:\.\d+)?\b%?(?:\s(?:{_ORDERS})\b)?"
    rf"|\b(?:a\s)?(?:{_ONES}|{_ORDERS})s?\b(?:[\s-](?:of\s)?(?:one|{_ONES}|{_ORDERS})s?\b)*"
)
_AGE = r"\b[\w.]+-(?:year|day|month)-old\b"
_NO_FIGURE = rf"{_DATE}|\b(?:{_ORDINAL})\b|{_AGE}"
ORDINAL = re.compile(_ORDINAL, re.IGNORECASE)
NO_FIGURE = re.compile(rf"(?=[\dA-Za-z])(?:{_NO_FIGURE})", re.IGNORECASE)
"""Dates, years, clock times, ordinals, ages: struck from everybody's predictions in the second pair of columns."""
BARE = re.compile(rf"(?=[\dA-Za-z$])(?:{_NO_FIGURE}|(?P<number>{_NUMBER}))", re.IGNORECASE)
