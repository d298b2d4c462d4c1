"""The engine: results outlive their connection, and nothing is pulled out of the database to be evaluated."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pytest
from great_expectations.expectations.expectation import Expectation
from scratch_tables import Raw
from sqlalchemy import text

from expectations.engine import connect, open_datasource, quiet

EVALUATED: list[tuple[Expectation, bool]] = [
    (gxe.ExpectTableRowCountToEqual(value=4), True),
    (gxe.ExpectTableRowCountToBeBetween(min_value=5), False),
    (gxe.ExpectColumnToExist(column="claim_id"), True),
    (gxe.ExpectColumnValuesToNotBeNull(column="commodity_id"), False),
    (gxe.ExpectColumnValuesToBeUnique(column="claim_id"), True),
    (gxe.ExpectColumnValuesToBeInSet(column="qualifier", value_set=["exact"], mostly=0.7), True),
    (gxe.ExpectColumnValuesToBeBetween(column="char_end", max_value=50), False),
    (gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="char_end", column_B="char_start"), True),
    (gxe.ExpectCompoundColumnsToBeUnique(column_list=["document_id", "char_start"]), True),
    (gxe.ExpectColumnMeanToBeBetween(column="value", min_value=2000, max_value=2100), True),
    (gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(column="period_start", min_value=0.5), True),
    (gxe.ExpectColumnQuantileValuesToBeBetween(
        column="value", quantile_ranges={"quantiles": [0.5], "value_ranges": [[700, 900]]}), True),
    (gxe.UnexpectedRowsExpectation(unexpected_rows_query="select claim_id from {batch} where value > 1000"), False),
]  # fmt: skip


def test_results_outlive_their_connection(raw: Raw) -> None:
    with quiet(), connect(raw.database) as connection, open_datasource(connection) as datasource:
        with datasource.get_engine().connect() as borrowed:
            result = borrowed.execute(text("select claim_id, value from raw.claims order by claim_id"))
            other = borrowed.execute(text("select 1"))
        assert [row.claim_id for row in result.fetchall()] == ["sheet:10", "sheet:30", "sheet:40", "sheet:50"]
        assert other.scalar() == 1


@pytest.mark.parametrize(("expectation", "success"), EVALUATED, ids=[type(e).__name__ for e, _ in EVALUATED])
def test_expectations_are_evaluated(raw: Raw, expectation: Expectation, success: bool) -> None:
    with quiet(), connect(raw.database) as connection, open_datasource(connection) as datasource:
        asset = datasource.add_query_asset("claims", query="select * from raw.claims")
        found = asset.add_batch_definition_whole_table("all").get_batch().validate(expectation)
    assert bool(found.success) is success
    assert not found.exception_info.get("raised_exception"), found.exception_info


def test_nothing_can_be_written(raw: Raw) -> None:
    with (
        connect(raw.database) as connection,
        pytest.raises(Exception, match="read-only mode"),
    ):
        connection.execute("delete from raw.claims")
