"""What a client may send: one query over the marts, made of functions that only compute.

DuckDB parses the text; what is looked at is its syntax tree, so that spaces, comments, case and quotes make no
difference. Everything not known to be harmless is refused: kinds of nodes, tables, functions.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

REVIEWED_DUCKDB = "1.5.5"
"""The release whose functions were gone through for `FORBIDDEN_FUNCTIONS`; a test fails on another one."""

LONGEST = 100_000
"""Characters of a statement."""

NODES = {
    "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE",
    "BASE_TABLE", "TABLE_FUNCTION", "SUBQUERY", "JOIN", "EMPTY", "EMPTY_FROM", "EXPRESSION_LIST", "PIVOT", "SHOW_REF",
    "ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER",
}  # fmt: skip
EXPRESSIONS = {
    "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "DEFAULT", "FUNCTION",
    "LAMBDA", "LAMBDA_REF", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "TYPE", "WINDOW",
}  # fmt: skip
TABLE_FUNCTIONS = {
    "generate_series", "json_each", "json_tree", "pragma_version", "range", "repeat", "repeat_row", "test_all_types",
    "unnest",
}  # fmt: skip
HARMLESS_VOLATILE = {"error", "gen_random_uuid", "random", "uuid", "uuidv4", "uuidv7"}
"""Functions that are never the same twice, but change nothing and tell nothing of the server."""

FORBIDDEN_FUNCTIONS = {
    "current_query",  # the server's own statement
    "current_setting", "getvariable",  # settings and variables of the server
    "format_type", "get_block_size",  # look into the catalog
    "json_serialize_plan",  # binds the statement in its argument, and opens the files that it names
    "pg_get_constraintdef", "pg_get_viewdef", "pg_sleep",
    "txid_current",
}  # fmt: skip
"""Functions without side effects, as DuckDB declares them, that tell or do more than compute."""

UNBOUNDED_FUNCTIONS = {
    "array_resize", "bitstring", "format", "generate_series", "list_resize", "lpad", "printf", "range", "repeat",
    "rpad", "array_reduce", "damerau_levenshtein", "editdist3", "jaro_similarity", "jaro_winkler_similarity",
    "levenshtein", "list_reduce", "reduce",
}  # fmt: skip
"""Make a value as large as they are told to, or compute for hours on two long ones, in one step that no limit of time
or memory reaches. The table functions `range` and `generate_series` go by the row, and are served."""

PARSED_AS_FUNCTIONS = {"unnest", "unlist"}
"""Written like functions, yet none of the catalog."""

MOST_TABLES, WIDEST = 500, 200
"""Tables of a statement, and of a row of it: of a table's columns, how many. Each name of a common table expression
counts as what stands for it. DuckDB plans larger ones for minutes and does not heed an interruption meanwhile: twenty
names, each of which joins the one before with itself, are a million tables."""


ASCII_FOLD = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


class RefusedError(Exception):
    """A statement that the server does not run; the message says why, for its author."""


def harmless_functions(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Names of DuckDB's scalar functions, aggregates and macros that a client may use, in lower case.

    Args:
        connection: one into which no extension was loaded and no function was put.
    """
    rows = connection.execute(
        "select distinct lower(function_name), coalesce(stability, '') = 'VOLATILE' from duckdb_functions() "
        "where function_type in ('scalar', 'aggregate', 'macro')"
    ).fetchall()
    volatile = {name for name, is_volatile in rows if is_volatile}
    names = {name for name, _ in rows} - (volatile - HARMLESS_VOLATILE)
    names -= FORBIDDEN_FUNCTIONS | UNBOUNDED_FUNCTIONS
    return frozenset(names | PARSED_AS_FUNCTIONS)


@dataclass(frozen=True)
class Size:
    """What DuckDB has to plan: tables in all, and how many tables wide a row is, at most."""

    tables: int = 0
    width: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.tables + other.tables, self.width + other.width)

    def check(self) -> Size:
        if self.tables > MOST_TABLES or self.width > WIDEST:
            raise RefusedError(f"the statement names more than {MOST_TABLES} tables, or the columns of {WIDEST}")
        return self


@dataclass(frozen=True)
class Rules:
    """What the statements of one release may name: tables by schema, and functions; all in lower case."""

    tables: Mapping[str, frozenset[str]]
    functions: frozenset[str]

    def check(self, sql: str, connection: duckdb.DuckDBPyConnection) -> str:
        """Look at a statement without running it; `connection` only parses.

        Returns:
            The query in a form that can stand after `create table … as`.

        Raises:
            RefusedError: unless it is one query that names nothing but these tables and functions.
        """
        if len(sql) > LONGEST:
            raise RefusedError(f"the statement has more than {LONGEST} characters")
        if "\0" in sql:
            raise RefusedError("the statement holds a null character")
        rows = connection.execute("select json_serialize_sql(cast(? as varchar))", [sql]).fetchall()
        try:
            tree = json.loads(rows[0][0])
            if tree["error"]:
                raise RefusedError(_describe(tree))
            if len(tree["statements"]) != 1:
                raise RefusedError("send one statement at a time")
            node = tree["statements"][0]["node"]
            self._visit(node, {})
        except RecursionError:
            raise RefusedError("the statement is nested too deeply") from None
        is_description = node["type"] == "SELECT_NODE" and node["from_table"]["type"] == "SHOW_REF"
        return f"from (\n{_without_end(sql, rows, connection)}\n)" if is_description else sql

    def _visit(self, part: Any, ctes: Mapping[str, Size]) -> Size:
        """Go through a part of the tree; `ctes` are the common table expressions in sight, by folded name."""
        if isinstance(part, list):
            return sum((self._visit(each, ctes) for each in part), Size())
        if not isinstance(part, dict):
            return Size()
        if "class" in part:
            return self._visit_expression(part, ctes)
        kind = part.get("type")
        if isinstance(kind, dict):  # a value, with its type: no part of a query
            return Size()
        if kind is not None and kind not in NODES and "null_order" not in part:  # the type of an order is its direction
            raise RefusedError(f"{kind} is not served")
        for name, query in _common_table_expressions(part):
            ctes = {**ctes, _fold(name): self._visit(query, ctes)}
        if kind == "BASE_TABLE":
            return self._visit_table(part, ctes)
        if kind == "TABLE_FUNCTION":
            return self._visit_table_function(part, ctes)
        if kind == "SHOW_REF" and part["query"] is None:
            _check_show(part)
        second = ctes
        if kind == "RECURSIVE_CTE_NODE":  # only its second part may name it
            second = {**ctes, _fold(part["cte_name"]): Size(1, 1)}
        sizes = {
            key: self._visit(value, second if key == "right" else ctes)
            for key, value in part.items()
            if key != "cte_map"
        }
        size = sum(sizes.values(), Size())
        if kind == "SELECT_NODE":
            size = Size(size.tables, max(1, sizes["from_table"].width * _count_stars(part["select_list"])))
        return size.check()

    def _visit_expression(self, part: Mapping[str, Any], ctes: Mapping[str, Size]) -> Size:
        if part["class"] not in EXPRESSIONS:
            raise RefusedError(f"{part['class']} is not served")
        if "function_name" in part and _fold(part["function_name"]) not in self.functions:
            raise RefusedError(f"the function {part['function_name']} is not served")
        # a constant's value, and types, hold no part of a query
        inside = [value for key, value in part.items() if key not in ("value", "cast_type")]
        return Size(self._visit(inside, ctes).tables)

    def _visit_table(self, part: Mapping[str, Any], ctes: Mapping[str, Size]) -> Size:
        catalog, schema, name = (_fold(part[key]) for key in ("catalog_name", "schema_name", "table_name"))
        if not catalog and not schema and name in ctes:
            return ctes[name]
        schemas = [schema] if schema else list(self.tables)
        if catalog or not any(name in self.tables.get(each, ()) for each in schemas):
            shown = ".".join(part[key] for key in ("catalog_name", "schema_name", "table_name") if part[key])
            raise RefusedError(f"there is no table {shown} (show tables lists them)")
        return Size(1, 1)

    def _visit_table_function(self, part: Mapping[str, Any], ctes: Mapping[str, Size]) -> Size:
        function = part["function"]
        name = function.get("function_name", "")
        if _fold(name) not in TABLE_FUNCTIONS or function.get("schema") or function.get("catalog"):
            raise RefusedError(f"the table function {name} is not served")
        inside = [value for key, value in function.items() if key != "function_name"]
        inside += [value for key, value in part.items() if key != "function"]
        return Size(1 + self._visit(inside, ctes).tables, 1)


def _fold(name: str) -> str:
    """A name in lower case as DuckDB folds it, letters of ASCII only: to it the sign of kelvin is no `k`."""
    return name.translate(ASCII_FOLD)


def _count_stars(part: Any) -> int:
    """How many times all columns stand in a select list, those of its subqueries left aside."""
    if isinstance(part, list):
        return sum(map(_count_stars, part))
    if not isinstance(part, dict) or part.get("class") == "SUBQUERY":
        return 0
    return (part.get("class") == "STAR") + sum(map(_count_stars, part.values()))


def _common_table_expressions(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """In the order written: each one sees those before it."""
    cte_map = part.get("cte_map")
    entries: Collection[Mapping[str, Any]] = cte_map["map"] if cte_map else ()
    for entry in entries:
        yield entry["key"], [value for key, value in entry["value"].items() if key not in ("aliases", "materialized")]


def _check_show(part: Mapping[str, Any]) -> None:
    name = _fold(part["table_name"].strip('"'))
    if part["show_type"] != "SHOW_UNQUALIFIED" or name != "tables":
        raise RefusedError(f"show {name} is not served (show tables is)")


def _without_end(sql: str, parsed: list[Any], connection: duckdb.DuckDBPyConnection) -> str:
    """A statement without the semicolons and comments after it, as long as it is parsed as it was."""
    text = sql.encode()
    offsets = [offset for offset, _ in duckdb.tokenize(sql)]  # in bytes; comments are no tokens
    end = len(text)
    while offsets and text[offsets[-1] : offsets[-1] + 1] == b";":
        end = offsets.pop()
    cut = text[:end].decode(errors="replace")
    again = connection.execute("select json_serialize_sql(cast(? as varchar))", [cut]).fetchall()
    return cut if again == parsed else sql


def _describe(tree: Mapping[str, Any]) -> str:
    if tree.get("error_type") == "parser":
        return f"Parser Error: {tree['error_message']}"
    return "only queries are served: select, from, with, values, describe, summarize, show tables"
