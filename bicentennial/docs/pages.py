"""The pages of the site: the Markdown of the repository as Sphinx reads it, in the repository's own layout.

Links between pages therefore lead where they lead on a code host; Sphinx refuses one that leads nowhere.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bicentennial.settings import PROJECT

DIAGRAMS = PROJECT / "docs" / "images" / "diagrams"
DIAGRAM = re.compile(r"^```mermaid\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\n]+)\]\((?P<target>[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")

CHAPTERS = {
    "Start": ("README",),
    "Query": (
        "docs/connect",
        "docs/analyst-guide",
        "docs/questions",
        "docs/metrics",
        "docs/explorer",
        "docs/serving",
        "docs/superset",
    ),
    "Official statistics": ("docs/official-statistics", "docs/worked-reconciliation"),
    "Reference": ("docs/data-dictionary", "lineage", "changes"),
    "Curate": ("docs/curator-guide", "docs/extraction"),
    "Operate": ("docs/operator-guide", "docs/performance"),
    "Develop": ("CONTRIBUTING", "docs/design"),
}
"""Pages in the order in which they are read; one that is not written is passed over, and one not named comes last."""

TITLES = {"README": "What it is", "changes": "What changed"}


def source_pages() -> list[Path]:
    """Every page that people wrote or that `make generated` did."""
    return [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]


def write_sources(folder: Path, generated: Mapping[str, str], manifest: Mapping[str, Any], commit: str | None) -> None:
    """Write what Sphinx reads.

    Args:
        folder: where to; it is made.
        generated: further pages by name, as Markdown.
        manifest: of the release.
        commit: of the work tree, whose guides these are.
    """
    for page in source_pages():
        target = folder / page.relative_to(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render_page(page), encoding="utf-8")
    for name, text in generated.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    if (PROJECT / "docs" / "images").exists():
        (folder / "docs" / "images").symlink_to(PROJECT / "docs" / "images", target_is_directory=True)
    names = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md")}
    (folder / "index.md").write_text(render_front_page(names, manifest, commit), encoding="utf-8")


def render_page(page: Path) -> str:
    """A page with drawings in place of diagrams, and names in place of links to files that are not in the site."""
    text = DIAGRAM.sub(lambda match: _show_diagram(match["text"], page), page.read_text(encoding="utf-8"))

    def link(match: re.Match[str]) -> str:
        target = page.parent / match["target"]
        is_page = target.resolve() in source_pages() or target.resolve().is_relative_to(DIAGRAMS.parent)
        if is_page or not target.exists():  # Sphinx says what is wrong with a link that leads nowhere
            return match[0]
        return f"{match['words']} (`{target.resolve().relative_to(PROJECT)}` of the repository)"

    return LINK.sub(link, text)


def name_diagram(text: str, dark: bool = False) -> str:
    """File of a diagram's drawing. It names the text that was drawn, so that neither can change alone."""
    return f"{hashlib.sha256(text.encode()).hexdigest()[:16]}{'-dark' if dark else ''}.svg"


def _show_diagram(text: str, page: Path) -> str:
    title = re.search(r"^ *accTitle: *(.+)$", text, re.MULTILINE)
    description = re.search(r"^ *accDescr: *(.+)$", text, re.MULTILINE)
    if not title or not description:
        raise ValueError(f"{page.name}: a diagram without accTitle and accDescr: who cannot see it needs them")
    images = []
    for dark in (False, True):
        path = DIAGRAMS / name_diagram(text, dark=dark)
        if not path.exists():
            raise ValueError(f"{page.name}: the diagram “{title[1]}” was changed: run docs/diagrams.py")
        images += [
            f"```{{image}} {Path(os.path.relpath(path, page.parent)).as_posix()}",
            f":alt: {title[1]}. {description[1]}",
            f":class: only-{'dark' if dark else 'light'}",
            "```",
        ]
    return "\n".join(["````{container} diagram", *images, "````"])


def render_front_page(names: set[str], manifest: Mapping[str, Any], work_tree: str | None) -> str:
    """The front page: which release it tells of, what lies beside it, and the tree of all pages."""
    known = [name for chapter in CHAPTERS.values() for name in chapter]
    chapters = {title: [name for name in chapter if name in names] for title, chapter in CHAPTERS.items()}
    chapters["More"] = sorted(names - set(known))
    counts = manifest["row_counts"]
    commit = manifest["git_commit"]
    code = f" from commit {_short(commit)}" if commit else ""
    lines = [
        "# Bicentennial",
        "",
        f"Release **{manifest['version']}**, built on {manifest['built_at'][:10]}{code}: "
        f"{counts['fct_claims']:,} figures of {counts['dim_document']:,} documents, "
        f"{counts['official_seizures_current']:,} rows of official statistics.",
        "",
        *_other_code(commit, work_tree),
        "| | |",
        "|---|---|",
        "| [Start here](README.md) | what it is, six queries, how to open it |",
        "| [Data dictionary](docs/data-dictionary.md) | every table and column, with type and meaning |",
        "| [What changed](changes.md) | since the release before |",
        "| [Lineage](lineage.md) | which table is made of which, down to the seed tables |",
        '| <a href="dbt/index.html">dbt docs</a> | models, columns, tests and code, with the graph of lineage |',
        '| <a href="../data_docs/index.html">Checks of this release</a> | every expectation, and what it found |',
        "",
    ]
    for title, pages in chapters.items():
        if pages:
            tree = [f":caption: {title}", ":hidden:", ":maxdepth: 2", "", *map(_entry, pages)]
            lines += ["```{toctree}", *tree, "```", ""]
    lines.append("Code is under the MIT licence, data under CC BY 4.0.")
    return "\n".join(lines) + "\n"


def _other_code(built: str | None, work_tree: str | None) -> list[str]:
    """A warning where the guides may tell of other code than that which made the release."""
    if built == work_tree:
        return []
    of = f"commit {_short(work_tree)}" if work_tree else "no known commit"
    return [f"**Guides, lineage and dbt docs are of {of}**, and may tell of what this release has not.", ""]


def _short(commit: str) -> str:
    name, plus, changes = commit.partition("+")
    return f"{name[:12]}{plus}{changes}"


def _entry(name: str) -> str:
    """A line of the tree of pages: by the page's own title, where that tells what it is."""
    return f"{TITLES[name]} <{name}>" if name in TITLES else name
