"""Every link of every page leads somewhere, and every page has what makes pages readable for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..support import Built
from .conftest import OpenPage, Server, running
from .pages import Answer, get, other_release

OWN_SITES = ("/data_docs/", "/docs/")
"""Sites of others that the explorer hands out: their first page has to be there, their links are theirs."""

FACTS = ("fct_seizures", "fct_arrests", "fct_case_outcomes", "fct_trainings", "fct_funding", "fct_other_measures")
REPORTS = [f"{fact}_by_agency_operation_year" for fact in ("seizures", "arrests", "trainings", "funding")]
MADE_OF_FIGURES = (
    *FACTS, "fct_claims", *REPORTS, "bridge_claim_agency", "bridge_claim_operation", "bridge_claim_year",
    "bridge_claim_relation", "claim_citations", "claim_reconciliation",
)  # fmt: skip
OFFICIAL = ("fct_official_seizures", "official_seizures_current", "official_revisions", "dim_vintage")


ALIKE = 6
"""Of addresses that differ in their query alone so many are followed: there are hundreds of choices of filters."""


def crawl(address: str) -> tuple[dict[str, Answer], dict[str, set[str]]]:
    """What links lead to from the first page; and for each address the fragments that are linked."""
    start = urljoin(address, "/")
    found: dict[str, Answer] = {}
    fragments: dict[str, set[str]] = {}
    waiting = {start}
    followed = Counter[str]()
    with ThreadPoolExecutor(4) as pool:
        while waiting:
            new = []
            for page in sorted(waiting):
                followed[urlsplit(page).path] += 1
                if followed[urlsplit(page).path] <= ALIKE:
                    new.append(page)
            found.update(zip(new, pool.map(get, new), strict=True))
            waiting = set()
            for page in new:
                for link in _links(page, found[page]):
                    target, fragment = urldefrag(urljoin(page, link))
                    if urlsplit(target).netloc != urlsplit(start).netloc:
                        continue
                    if fragment:
                        fragments.setdefault(target, set()).add(fragment)
                    if target not in found:
                        waiting.add(target)
    return found, fragments


def _links(page: str, answer: Answer) -> list[str]:
    if not _is_ours(page, answer):
        return []
    return [link for link in answer.tree.xpath("//a/@href | //link/@href | //script/@src") if link[:5] != "data:"]


def _is_ours(page: str, answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html") and not urlsplit(page).path.startswith(
        OWN_SITES
    )


def faults(found: dict[str, Answer], fragments: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with what was found, in words."""
    for address, answer in found.items():
        path = urlsplit(address).path
        if answer.status != 200:
            yield f"{path} answers {answer.status}"
            continue
        if not _is_ours(address, answer):
            continue
        tree = answer.tree
        ids = tree.xpath("//@id")
        for missing in fragments.get(address, set()) - set(ids):
            yield f"{path} has no #{missing}, to which a link leads"
        if len(ids) != len(set(ids)):
            yield f"{path} has an id twice"
        if len(tree.xpath("//h1")) != 1 or len(tree.xpath("//main")) != 1:
            yield f"{path} has not one h1 in one main"
        if tree.xpath("//*[@style] | //*[@onclick] | //script[not(@src)] | //style"):
            yield f"{path} has an inline style or script, which its policy refuses"
        if tree.xpath("//th[not(@scope)]"):
            yield f"{path} has a header without scope"
        if any(not (link.text_content().strip() or link.get("aria-label")) for link in tree.xpath("//a")):
            yield f"{path} has a link without a name"
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5")]
        if any(after - before > 1 for before, after in pairwise(levels)):
            yield f"{path} leaves out a level of headings: {levels}"


def test_every_link_of_the_project_leads_somewhere(server: Server, built: Built) -> None:
    found, fragments = crawl(server.address)
    assert list(faults(found, fragments)) == []
    paths = {urlsplit(address).path for address in found}
    with built.connect() as connection:
        for prefix, ids in (
            ("/operations/", "select operation_id from dim_operation where operation_id <> 'none'"),
            ("/agencies/", "select agency_id from dim_agency where agency_id <> 'not-stated'"),
            ("/documents/", "select document_id from dim_document"),
            ("/figures/", "select claim_id from fct_claims"),
        ):
            missing = {prefix + row[0] for row in connection.execute(ids).fetchall()} - paths
            assert not missing, f"no link leads to {sorted(missing)[:5]}"


EMPTY = [f"delete from {table}" for table in (*MADE_OF_FIGURES, *OFFICIAL)]
ODD = [
    "update dim_document set published_on = null, published_on_basis = null, event_on = null,"
    " publisher = null, source_url = null, claim_count = 0",
    "update dim_operation set lead_agency_id = null, operation_kind = 'campaign'",
]


def test_a_release_of_which_nothing_is_known_is_still_whole(built: Built, tmp_path: Path) -> None:
    home, _ = other_release(built, tmp_path, *EMPTY, *ODD)
    with running(home) as server:
        found, fragments = crawl(server.address)
        assert list(faults(found, fragments)) == []
        assert "no official statistics" in found[server.url("/official")].text
        assert "No figure was accepted yet" in found[server.url("/")].text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(open_page: OpenPage, server: Server, scheme: str) -> None:
    axe = Axe()
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else None  # the other rules see no colour
    with open_page(color_scheme=scheme, bypass_csp=True) as page:
        for path in ("/", "/operations/operation-rolling-wave", "/agencies/state", "/official", "/documents"):
            page.goto(server.url(path))
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
            found = axe.run(page, options=rules)
            assert found.violations_count == 0, f"{path}, {scheme}: {found.generate_report()}"


@pytest.mark.parametrize("path", ["/operations/x", "/agencies/x", "/documents/x", "/docs/x", "/data_docs/../x"])
def test_what_is_not_there_is_not_found(server: Server, path: str) -> None:
    assert get(server.url(path)).status == 404
