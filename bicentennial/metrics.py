"""The tables of docs/metrics.md: what the semantic layer can be asked for, read from dbt's semantic manifest.

What belongs here: words about metrics and dimensions. What does not: any figure, for `mf query` computes those.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FACT = "claims"
"""The one semantic model with measures; all others give names to its keys."""

COMPANIONS = ("_low", "_high", "_stated_low", "_stated_high")
"""Ends of the names of the metrics that every quantity has for its bounds."""

MARKED = re.compile(r"<!-- (?P<table>metrics|dimensions) -->\n.*?<!-- /(?P=table) -->", re.DOTALL)


def render_metric_tables(text: str, manifest_file: Path) -> str:
    """A Markdown page with the tables that its `<!-- metrics -->` and `<!-- dimensions -->` ask for."""
    if not MARKED.search(text):
        return text
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    tables = {"metrics": _metrics(manifest["metrics"]), "dimensions": _dimensions(manifest["semantic_models"])}
    return MARKED.sub(
        lambda match: f"<!-- {match['table']} -->\n{tables[match['table']]}\n<!-- /{match['table']} -->", text
    )


def quantities(names: Iterable[str]) -> list[str]:
    """Those metrics that have the four companions, in their order."""
    known = list(names)
    return [name for name in known if {name + end for end in COMPANIONS} <= set(known)]


def _metrics(metrics: list[dict[str, Any]]) -> str:
    found = quantities(metric["name"] for metric in metrics)
    companions = {name + end for name in found for end in COMPANIONS}
    rows = [
        (f"`{metric['name']}`", metric["description"], _kind(metric))
        for metric in sorted(metrics, key=lambda metric: metric["name"] not in found)
        if metric["name"] not in companions
    ]
    return _table(("metric", "meaning", "adds claims of"), rows)


def _kind(metric: dict[str, Any]) -> str:
    """The condition of a metric in words: its kind of claim, and its commodity where it keeps to one."""
    conditions = " and ".join(
        where["where_sql_template"] for where in (metric["filter"] or {}).get("where_filters", ())
    )
    return ", ".join(f"`{value}`" for value in re.findall(r"= '([^']*)'", conditions)) or "any kind"


def _dimensions(models: list[dict[str, Any]]) -> str:
    (fact,) = (model for model in models if model["name"] == FACT)
    named = {
        entity["name"]: model
        for model in models
        for entity in model["entities"]
        if entity["type"] == "primary" and model is not fact
    }
    keys = [
        (
            f"`{entity['name']}`",
            entity["description"],
            " ".join(f"`{entity['name']}__{dimension['name']}`" for dimension in named[entity["name"]]["dimensions"]),
        )
        for entity in fact["entities"]
        if entity["type"] == "foreign"
    ]
    own = [(f"`claim__{dimension['name']}`", dimension["description"], "") for dimension in fact["dimensions"]]
    return _table(("group by", "what it is", "its names and groups"), keys + own)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(header), " | ".join("---" for _ in header), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)
