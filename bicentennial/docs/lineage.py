"""The page of lineage: what each mart is made of, as text, from dbt's manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def render_lineage(manifest: Mapping[str, Any]) -> str:
    """Marts with their models and seed tables, then seed tables with the marts that hold them, as Markdown.

    Args:
        manifest: dbt's manifest.json.
    """
    models = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    names = {key: node["name"] for key, node in (manifest["sources"] | models).items()}
    parents = {key: set(node["depends_on"]["nodes"]) & names.keys() for key, node in models.items()}
    marts = sorted((key for key, node in models.items() if node["schema"] == "marts"), key=names.__getitem__)
    above = {key: _ancestors(key, parents) for key in marts}
    sources = sorted(manifest["sources"], key=names.__getitem__)

    def listed(keys: Iterable[str]) -> str:
        return ", ".join(f"`{name}`" for name in sorted(names[key] for key in keys)) or "–"

    lines = [
        "# Lineage",
        "",
        "Tables flow from `raw` (seed tables, proposals and official statistics as loaded) through staging and "
        "intermediate models into the marts. The same as a graph, with the code of every model: "
        '<a href="dbt/index.html#!/overview?g_v=1">dbt docs</a>.',
        "",
        "## Marts and what they are made of",
        "",
        "| mart | made of, directly | and in the end of these tables of `raw` |",
        "| --- | --- | --- |",
        *(
            f"| [`{names[key]}`](docs/data-dictionary.md#{names[key]}) | {listed(parents[key])} "
            f"| {listed(above[key] & manifest['sources'].keys())} |"
            for key in marts
        ),
        "",
        "## Tables of `raw` and the marts that hold them",
        "",
        "| table of `raw` | marts |",
        "| --- | --- |",
        *(f"| `{names[source]}` | {listed(key for key in marts if source in above[key])} |" for source in sources),
        "",
        "## Models between them",
        "",
        "| model | what it holds | made of |",
        "| --- | --- | --- |",
        *(
            f"| `{names[key]}` | {_cell(models[key]['description'])} | {listed(parents[key])} |"
            for key in sorted(models, key=names.__getitem__)
            if key not in above
        ),
    ]
    return "\n".join(lines) + "\n"


def _ancestors(key: str, parents: Mapping[str, set[str]]) -> set[str]:
    """Everything that a model is made of, however far up."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        new = parents.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
