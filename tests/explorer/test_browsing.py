"""The explorer in a real browser: from a chart to a citation, filters, history, speed, readers of all kinds."""

from __future__ import annotations

import re
import statistics

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ..support import Built
from .conftest import OpenPage, Server, get

PAGES = ["/", "/seizures", "/seizures?thing=fentanyl&mass=kg", "/seizures?agency=nobody", "/arrests", "/outcomes",
         "/trainings", "/funding?stage=requested", "/measures", "/figures/hlsd-fact-sheet-2023:9330",
         "/figures/hlsd-fact-sheet-2023:12595", "/figures/nobody:1", "/search?q=artemis", "/search"]  # fmt: skip

KINDS_OF_PAGES = ["/seizures?thing=fentanyl", "/seizures?agency=nobody", "/funding",
                  "/figures/hlsd-fact-sheet-2023:9330", "/figures/nobody:1", "/search?q=artemis"]  # fmt: skip
"""One of each that looks different: the rules take seconds for each."""

FIRST_PAINT = 2000
"""Milliseconds from the start of the navigation to the first content."""
INTERACTION = 300
"""Milliseconds from a choice to its results."""


def shown(page: Page) -> list[str]:
    links = page.locator("#results .figures th.stated a").all()
    return [str(link.get_attribute("href")).removeprefix("/figures/") for link in links]


def choose(page: Page, field: str, label: str) -> None:
    """Choose in a field as a person does, and wait for the results."""
    before = page.locator("#results").get_attribute("data-shown") or "0"
    option = page.get_by_label(field, exact=True).locator("option", has_text=re.compile(rf"^{re.escape(label)} \("))
    page.get_by_label(field, exact=True).select_option(value=option.get_attribute("value"))
    expect(page.locator("#results")).to_have_attribute("data-shown", str(int(before) + 1))


def test_from_the_first_page_to_a_citation(page: Page, server: Server) -> None:
    page.goto(server.url("/"))
    page.get_by_role("navigation").get_by_role("link", name="Seizures").click()
    page.get_by_role("link", name="12,500 pounds").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12,500 pounds")
    expect(page.locator("#citation")).to_contain_text("characters 8619–8632: “12,500 pounds”")


def test_filters_answer_in_place_and_every_view_has_an_address(page: Page, server: Server, built: Built) -> None:
    page.goto(server.url("/seizures"))
    everything = shown(page)
    choose(page, "Commodity", "Fentanyl")
    fentanyl = len(shown(page))
    assert 0 < fentanyl < len(everything)
    choose(page, "Words", "over")
    with built.connect() as warehouse:
        expected = warehouse.sql(
            "select claim_id from fct_seizures where commodity_group = 'fentanyl' and qualifier = 'over'"
        ).fetchall()
    fentanyl_over = shown(page)
    assert sorted(fentanyl_over) == sorted(row[0] for row in expected) != []
    assert page.url == server.url("/seizures?thing=fentanyl&bound=over")
    assert page.evaluate("document.activeElement.name") in ("", None, "bound", "thing")
    expect(page.get_by_role("status").first).to_contain_text(f"{len(expected)} figures")
    assert get(page.url).figures() == fentanyl_over  # who is sent the address sees the same
    link = page.get_by_role("link", name="Download as CSV").get_attribute("href")
    assert link == "/seizures.csv?thing=fentanyl&bound=over"

    page.go_back()
    page.wait_for_url(server.url("/seizures?thing=fentanyl"))
    expect(page.locator("#results th.stated a")).to_have_count(fentanyl)
    expect(page.get_by_label("Words")).to_have_value("")
    expect(page.get_by_label("Commodity")).to_have_value("fentanyl")
    page.go_forward()
    page.wait_for_url(server.url("/seizures?thing=fentanyl&bound=over"))
    expect(page.locator("#results th.stated a")).to_have_count(len(expected))
    page.get_by_role("link", name="All figures").click()
    expect(page.locator("#results th.stated a")).to_have_count(len(everything))
    assert page.url == server.url("/seizures")


def test_filters_by_keyboard_keep_the_focus(page: Page, server: Server) -> None:
    page.goto(server.url("/seizures"))
    page.get_by_label("Operation", exact=True).focus()
    page.keyboard.type("Operation Art")
    expect(page.locator("#results th.stated a")).to_have_count(9)
    assert page.evaluate("document.activeElement.name") == "operation"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "thing"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page, server: Server) -> None:
    page.goto(server.url("/seizures"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_pounds_or_kilograms(page: Page, server: Server) -> None:
    page.goto(server.url("/seizures?operation=operation-blue-lotus"))
    row = page.get_by_role("row", name="12,500 pounds")
    expect(row.locator(".bounds")).to_have_text("12,500")
    page.get_by_label("Weights in").select_option("kilograms")
    expect(row.locator(".bounds")).to_have_text("5,670")
    expect(row.get_by_role("rowheader")).to_contain_text("12,500 pounds")  # what was said stays as it was said


def test_it_works_without_scripts(open_page: OpenPage, server: Server) -> None:
    with open_page(java_script_enabled=False) as page:
        page.goto(server.url("/seizures"))
        page.get_by_label("Operation", exact=True).select_option("operation-artemis")
        page.get_by_role("button", name="Show").click()
        assert page.url == server.url("/seizures?operation=operation-artemis")
        assert len(shown(page)) == 9
        page.get_by_role("link", name="12,919 pounds").click()
        expect(page.locator("#citation")).to_contain_text("12,919 pounds")
        page.get_by_role("searchbox").fill("12,500")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("link", name="12,500 pounds")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(open_page: OpenPage, server: Server, scheme: str) -> None:
    axe = Axe()
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else None  # the other rules see no colour
    with open_page(color_scheme=scheme, bypass_csp=True) as page:
        for path in KINDS_OF_PAGES:
            get_quietly(page, server.url(path))
            for details in page.locator("details").all():
                details.evaluate("d => { d.open = true }")
            found = axe.run(page, options=rules)
            assert found.violations_count == 0, f"{path}, {scheme}: {found.generate_report()}"
            assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 375, 768])
def test_nothing_is_wider_than_a_phone(open_page: OpenPage, server: Server, width: int) -> None:
    with open_page(viewport={"width": width, "height": 800}) as page:
        for path in PAGES:
            get_quietly(page, server.url(path))
            for details in page.locator("details").all():
                details.evaluate("d => { d.open = true }")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def get_quietly(page: Page, url: str) -> None:
    """Go to a page that may be one of an error: the browser complains of its status, which is meant."""
    if get(url).status < 400:
        page.goto(url)
        return
    page.route("**/*", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto(url)
    page.unroute("**/*")


PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""


def test_the_first_paint_is_soon(open_page: OpenPage, server: Server) -> None:
    paints = {}
    for path in ("/", "/seizures", "/figures/hlsd-fact-sheet-2023:9330"):
        with open_page() as page:
            page.goto(server.url(path))
            paints[path] = page.evaluate(PAINTED)
    print({path: round(paint) for path, paint in paints.items()})
    assert max(paints.values()) < FIRST_PAINT


TIMED = """async ([field, value]) => {
    const select = document.querySelector(`select[name=${field}]`);
    const results = document.getElementById("results").parentNode;
    const begun = performance.now();
    const done = new Promise((resolve) => new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - begun));
    }).observe(results, { childList: true }));
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    return await done;
}"""


def test_a_choice_is_answered_at_once(page: Page, server: Server) -> None:
    page.goto(server.url("/seizures"))
    things = page.locator("select[name=thing] option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    size = 7
    assert len(things) >= 3 * size
    medians = []
    for first in range(0, 3 * size, size):  # a machine that is busy with something else is not what is measured
        # each is asked for the first time: a release keeps its answers
        times = [page.evaluate(TIMED, ["thing", thing]) for thing in things[first : first + size]]
        medians.append(statistics.median(times))
        print([round(time) for time in times])
        if medians[-1] < INTERACTION:
            break
    assert min(medians) < INTERACTION
