"""The metrics of the semantic layer are the reports' figures, by every dimension that the reports have.

MetricFlow writes the queries and DuckDB answers them, so that decimals stay decimals: MetricFlow itself hands out
floats. What it prints is the subject of test_metrics_command.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import duckdb
import pytest
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from bicentennial.metrics import COMPANIONS, quantities

from .support import Built

Row = tuple[Any, ...]
Ask = Callable[..., list[Row]]

STAGES = ("requested", "appropriated", "obligated", "awarded", "announced", "expended")
REPORTED = {
    "seized_mass_kg": ("seizures", "canonical_unit_id = 'kg'"),
    "seized_pills": ("seizures", "canonical_unit_id = 'pill'"),
    "seized_doses": ("seizures", "canonical_unit_id = 'dose'"),
    "seized_liquid_doses": ("seizures", "canonical_unit_id = 'liquid_dose'"),
    "seized_rounds": ("seizures", "canonical_unit_id = 'round'"),
    "seized_firearms": ("seizures", "canonical_unit_id = 'count' and commodity_id = 'firearms'"),
    "seized_items": ("seizures", "canonical_unit_id = 'count'"),
    "seized_money_usd": ("seizures", "canonical_unit_id = 'usd'"),
    "seized_cash_usd": ("seizures", "canonical_unit_id = 'usd' and commodity_id = 'cash'"),
    "arrests": ("arrests", "canonical_unit_id = 'count'"),
    "persons_arrested": ("arrests", "canonical_unit_id = 'person'"),
    "people_trained": ("trainings", "claim_type = 'training' and canonical_unit_id = 'person'"),
    "people_certified": ("trainings", "claim_type = 'certification' and canonical_unit_id = 'person'"),
    "event_attendees": ("trainings", "claim_type = 'event_attendance' and canonical_unit_id = 'person'"),
    "training_sessions": ("trainings", "claim_type = 'training' and canonical_unit_id = 'count'"),
    **{
        f"funding_{stage}_usd": (
            "funding",
            f"claim_type = 'funding' and canonical_unit_id = 'usd' and funding_stage = '{stage}'",
        )
        for stage in STAGES
    },
    "funding_stage_not_stated_usd": (
        "funding",
        "claim_type = 'funding' and canonical_unit_id = 'usd' and funding_stage is null",
    ),
    "awards_made": ("funding", "claim_type = 'award' and canonical_unit_id = 'count' and funding_stage = 'awarded'"),
}
"""Where the same figure stands: the report, and the condition of its rows."""

GROUPS = {
    "agency_id": "agency",
    "operation_id": "operation",
    "fiscal_year_id": "fiscal_year",
    "calendar_year_id": "calendar_year",
    "commodity_id": "commodity",
}
"""Columns that all reports have, and what they are called in a query of metrics."""

KEPT_BY_FACTS = {
    "place_id": "place",
    "framework_area_id": "framework_area",
    "subject_id": "subject",
    "document_id": "document",
    "dated_on": "claim__said_on",
}
"""Columns that only the facts have, or not every report."""


class DuckDb:
    """The engine that MetricFlow writes queries for; it is not asked to run them."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


@pytest.fixture(scope="module")
def manifest(built: Built) -> dict[str, Any]:
    return json.loads((built.home.dbt_target / "semantic_manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def names(manifest: dict[str, Any]) -> list[str]:
    return [metric["name"] for metric in manifest["metrics"]]


@pytest.fixture(scope="module")
def ask(built: Built, manifest: dict[str, Any]) -> Ask:
    """Groups and metrics, in the order asked for, as the database gives them."""
    parsed = parse_manifest_from_dbt_generated_manifest(manifest_json_string=json.dumps(manifest))
    engine = MetricFlowEngine(SemanticManifestLookup(parsed), DuckDb())  # type: ignore[arg-type]
    connection = built.connect()

    def answer(metrics: Sequence[str], groups: Iterable[str] = (), where: str | None = None) -> list[Row]:
        groups = list(groups)
        request = MetricFlowQueryRequest.create(
            metric_names=list(metrics), group_by_names=groups, where_constraints=[where] if where else None
        )
        relation = connection.sql(engine.explain(request).sql_statement.without_descriptions.sql)
        # a group by time is named after its grain, and is a timestamp
        shown = {
            name.removesuffix("__day"): f'"{name}"::date' if name.endswith("__day") else f'"{name}"'
            for name in relation.columns
        }
        return ordered(relation.project(", ".join(shown[name] for name in [*groups, *metrics])).fetchall())

    return answer


def ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)


def reported(connection: duckdb.DuckDBPyConnection, quantity: str, columns: Iterable[str]) -> list[Row]:
    """What may be added in a report, by some of its columns: value, low and high, each null as soon as one is."""
    report, condition = REPORTED[quantity]
    bounds = [
        f"case when bool_and(additive_{end} is not null) filter (where additive_value is not null) "
        f"then sum(additive_{end}) end"
        for end in ("low", "high")
    ]
    return ordered(
        connection.execute(
            f"select {', '.join([*columns, 'sum(additive_value)', *bounds])} "
            f"from {report}_by_agency_operation_year where {condition} group by {', '.join(columns) or '()'}"
        ).fetchall()
    )


def held(connection: duckdb.DuckDBPyConnection, quantity: str, columns: Iterable[str]) -> list[Row]:
    """The same from the facts, by any of their columns, with the sums of the bounds that are stated."""
    report, condition = REPORTED[quantity]
    sums = [f"sum(canonical_{part}) filter (where is_in_total)" for part in ("value", "low", "high")]
    return ordered(
        connection.execute(
            f"select {', '.join([*columns, *sums])} from fct_{report} where {condition} "
            f"group by {', '.join(columns) or '()'}"
        ).fetchall()
    )


# What there is


def test_every_quantity_is_held_against_a_report(names: list[str]) -> None:
    assert sorted(quantities(names)) == sorted(REPORTED)
    companions = {name + end for name in REPORTED for end in COMPANIONS}
    assert set(names) - companions - set(REPORTED) == {
        "claims", "claims_in_totals", "claims_left_out", "claims_without_low", "claims_without_high"
    }  # fmt: skip


def test_every_metric_is_described_and_has_a_label(manifest: dict[str, Any]) -> None:
    assert [metric["name"] for metric in manifest["metrics"] if not (metric["description"] and metric["label"])] == []
    labels = [metric["label"] for metric in manifest["metrics"]]
    assert len(labels) == len(set(labels))


def test_no_kind_of_claim_in_the_reports_is_without_a_metric(built: Built) -> None:
    with built.connect() as connection:
        for report in ("seizures", "arrests", "trainings", "funding"):
            conditions = [condition for name, condition in REPORTED.values() if name == report]
            assert connection.execute(
                f"select distinct claim_kind from fct_{report} where is_in_total and not coalesce("
                + " or ".join(f"({condition})" for condition in conditions)
                + ", false)"
            ).fetchall() == []  # fmt: skip


# What they say


@pytest.mark.parametrize("quantity", REPORTED)
def test_a_quantity_and_its_bounds_are_those_of_the_report(quantity: str, built: Built, ask: Ask) -> None:
    metrics = [quantity, f"{quantity}_low", f"{quantity}_high"]
    with built.connect() as connection:
        for columns in ((), *((column,) for column in GROUPS), tuple(GROUPS)):
            expected = reported(connection, quantity, columns)
            assert ask(metrics, [GROUPS[column] for column in columns]) == expected, columns


@pytest.mark.parametrize("quantity", REPORTED)
def test_a_quantity_is_that_of_the_facts_by_what_no_report_has(quantity: str, built: Built, ask: Ask) -> None:
    metrics = [quantity, f"{quantity}_stated_low", f"{quantity}_stated_high"]
    with built.connect() as connection:
        assert ask(metrics) == held(connection, quantity, ())
        assert ask(metrics, KEPT_BY_FACTS.values()) == held(connection, quantity, KEPT_BY_FACTS)


def test_most_quantities_have_figures_and_some_are_open(ask: Ask) -> None:
    """So that the comparisons above are not between nothing and nothing."""
    totals = {quantity: ask([quantity, f"{quantity}_low", f"{quantity}_high"])[0] for quantity in REPORTED}
    assert sum(value is not None for value, _, _ in totals.values()) >= 17
    assert any(value is not None and low is None for value, low, _ in totals.values())
    assert any(value is not None and high is None for value, _, high in totals.values())
    assert any(low is not None and high is not None for _, low, high in totals.values())


def test_what_is_in_no_total_does_not_count(built: Built, ask: Ask) -> None:
    left_out = "not {{ Dimension('claim__is_in_total') }}"
    assert ask(list(REPORTED), where=left_out) == [(None,) * len(REPORTED)]
    with built.connect() as connection:
        ((claims, counted),) = connection.execute(
            "select count(*), count(*) filter (where is_in_total) from fct_claims"
        ).fetchall()
    assert ask(["claims", "claims_in_totals", "claims_left_out"]) == [(claims, counted, claims - counted)]
    assert ask(["claims"], where=left_out) == [(claims - counted,)]
    assert claims > counted > 0


def test_claims_without_a_bound_are_counted(built: Built, ask: Ask) -> None:
    with built.connect() as connection:
        expected = connection.execute(
            "select claim_kind, count(*) filter (where canonical_low is null), "
            "count(*) filter (where canonical_high is null) from fct_claims where is_in_total group by claim_kind"
        ).fetchall()
    found = ask(["claims_without_low", "claims_without_high"], ["claim__claim_kind"])
    assert [row for row in found if row[1] is not None] == ordered(expected)


@pytest.mark.parametrize("quantity", REPORTED)
def test_a_metric_adds_one_unit_only(quantity: str, ask: Ask) -> None:
    assert len(ask([quantity], ["claim__claim_kind", "claim__unit"])) <= 1


# By what they can be grouped


def test_no_dimension_loses_or_multiplies_a_claim(built: Built, manifest: dict[str, Any], ask: Ask) -> None:
    models = {model["name"]: model for model in manifest["semantic_models"]}
    groups = {entity["name"] for entity in models["claims"]["entities"]}
    for model in models.values():
        (primary,) = (entity["name"] for entity in model["entities"] if entity["type"] == "primary")
        groups |= {f"{primary}__{dimension['name']}" for dimension in model["dimensions"]}
    assert len(groups) > 45
    with built.connect() as connection:
        ((claims,),) = connection.execute("select count(*) from fct_claims").fetchall()
    for group in sorted(groups):
        rows = ask(["claims"], [group])
        assert sum(count for _, count in rows) == claims, group
        assert any(name is not None for name, _ in rows), group


def test_time_is_when_it_was_said_and_undated_documents_stay(built: Built, ask: Ask) -> None:
    with built.connect() as connection:
        expected = connection.execute(
            "select coalesce(published_on, event_on) as dated_on, count(*) "
            "from fct_claims join dim_document using (document_id) group by all"
        ).fetchall()
    found = ask(["claims"], ["metric_time"])
    assert found == ordered(expected)
    assert None in dict(found)
