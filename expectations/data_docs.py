"""Data Docs: a static site of validation results, one page per table, readable offline.

GX renders the results; the frame around them is ours, because GX's own takes styles, scripts, fonts and images
from a dozen addresses, and without them its index is an empty page. These pages refer to nothing but each other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.results import TableResult

if TYPE_CHECKING:
    from great_expectations.render.components import RenderedDocumentContent, RenderedStringTemplateContent
    from great_expectations.render.view.view import DefaultJinjaPageView

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page_title }}</title>
<style>{% include 'page.css' %}</style>
</head>
<body>
<nav><a href="{{ root }}index.html">All tables</a></nav>
<h1>{{ page_title }}</h1>
{% for section in sections %}{% set section_loop = loop %}{% include 'section.j2' %}{% endfor %}
</body>
</html>
"""

STYLE = """
:root { color-scheme: light dark; --line: #8885; --bad: #c62828; --good: #2e7d32; --odd: #b26a00; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem 1.5rem; }
h1 { font-size: 1.4rem; } h5 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
td table { margin: .4rem 0; font-size: .9rem; }
td table td { overflow-wrap: anywhere; }
details { margin: .6rem 0; } summary { cursor: pointer; }
.text-success, .succeeded { color: var(--good); } .text-danger, .failed { color: var(--bad); }
.text-warning, .warned { color: var(--odd); }
i.fas { font-style: normal; font-weight: bold; }
.fa-check-circle::before { content: '✔'; } .fa-times::before { content: '✘'; }
.fa-exclamation-triangle::before { content: '⚠'; }
"""

# GX puts a traceback under each error; results carry none, it would name paths of the machine
COLLAPSE = """{% if content_block["collapse_toggle_link"] != "Show exception traceback..." %}
<details><summary>{{ content_block["collapse_toggle_link"] | render_content_block }}</summary>
{% for block in content_block["collapse"] %}{{ block | render_content_block(content_block_id="more") }}{% endfor %}
</details>
{% endif %}"""


def build_data_docs(results: Iterable[TableResult], directory: Path) -> Path:
    """Write the site of these results, of one border or both, in place of an earlier one; return its index.

    Results may come from this process (`validate`) or from another one (`read_results`).
    """
    from expectations.engine import quiet

    results = list(results)
    for border in ("raw", "marts"):
        shutil.rmtree(directory / border, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    index = directory / "index.html"
    with quiet():
        view = _page_view()
        for result in results:
            page = directory / result.border / f"{result.table}.html"
            page.parent.mkdir(exist_ok=True)
            page.write_text(_html(view, _page(result), root="../"), encoding="utf-8")
        index.write_text(_html(view, _index(results), root=""), encoding="utf-8")
    return index


def _page_view() -> DefaultJinjaPageView:
    """GX's view of a page, with the templates that would refer to other hosts replaced."""
    from great_expectations.render.view.view import DefaultJinjaPageView
    from jinja2 import ChoiceLoader, DictLoader

    view = DefaultJinjaPageView()
    assert view.env.loader is not None
    own = DictLoader({"page.j2": PAGE, "page.css": STYLE, "collapse.j2": COLLAPSE})
    view.env.loader = ChoiceLoader([own, view.env.loader])
    return view


def _html(view: DefaultJinjaPageView, page: RenderedDocumentContent, root: str) -> str:
    return str(view.render(page, root=root))  # type: ignore[no-untyped-call]


def _page(result: TableResult) -> RenderedDocumentContent:
    """GX's page of a result, under a title and a header of ours: its own links to a page that does not exist."""
    from great_expectations.core.expectation_validation_result import expectationSuiteValidationResultSchema
    from great_expectations.render.components import RenderedHeaderContent
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    import expectations.rules  # noqa: F401  registers how our own kind of rule is rendered

    renderer = ValidationResultsPageRenderer(run_info_at_end=True)
    found = expectationSuiteValidationResultSchema.load(result.document)
    page: RenderedDocumentContent = renderer.render(found)
    page.page_title = f"{result.border}.{result.table}"
    page.sections[0].content_blocks[0] = RenderedHeaderContent(header=_state(result))
    return page


def _index(results: Sequence[TableResult]) -> RenderedDocumentContent:
    from great_expectations.render.components import (
        RenderedDocumentContent,
        RenderedSectionContent,
        RenderedTableContent,
    )

    worst_first = sorted(results, key=lambda result: (not result.failures, not result.warnings))
    rows = [_index_row(result) for result in worst_first]
    rules = sum(len(result.expectations) for result in results)
    failed = sum(len(result.failures) for result in results)
    title = f"{len(results)} tables, {rules} expectations, {failed} failed"
    table = RenderedTableContent(table=rows, header_row=["", "Border", "Table", "Expectations", "Failed", "Warnings"])
    section = RenderedSectionContent(section_name="Tables", content_blocks=[table])
    return RenderedDocumentContent(sections=[section], page_title=title)


def _index_row(result: TableResult) -> list[RenderedStringTemplateContent | str]:
    link = _cell(result.table, tag="a", attributes={"href": f"{result.border}/{result.table}.html"})
    counts = (len(result.expectations), len(result.failures), len(result.warnings))
    return [_state(result), result.border, link, *map(str, counts)]


def _state(result: TableResult) -> RenderedStringTemplateContent:
    state = "failed" if result.failures else "warned" if result.warnings else "succeeded"
    return _cell(state, classes=[state])


def _cell(
    text: str, *, tag: str = "span", classes: Sequence[str] = (), attributes: dict[str, str] | None = None
) -> RenderedStringTemplateContent:
    from great_expectations.render.components import RenderedStringTemplateContent

    styling = {"classes": list(classes), "attributes": attributes or {}}
    return RenderedStringTemplateContent(
        string_template={"template": "$text", "params": {"text": text}, "tag": tag, "styling": styling}
    )
