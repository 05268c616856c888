"""Prints one table of all figures and the same as JSON: `python -m api.bench`.

Times on a shared machine say little: ratios are taken in one run, one thread each (`make bench` sees to it).
"""

import json

from rich.console import Console

from api.bench.answering import answering_rows
from api.bench.encoding import encoding_rows
from api.bench.features import feature_rows
from api.bench.http_layer import http_rows
from api.bench.program import program_rows
from api.bench.retrieval import retrieval_rows
from api.bench.rows import Row, table_of


def main() -> None:
    console = Console(width=120)
    rows: list[Row] = []
    for measure in (encoding_rows, answering_rows, program_rows, http_rows, feature_rows, retrieval_rows):
        for row in measure():
            rows.append(row)
            console.print(f"measured: {row.figure}", style="dim", highlight=False)
    console.print(table_of(rows))
    console.file.write(json.dumps({"rows": [row.as_json() for row in rows]}, indent=2) + "\n")


if __name__ == "__main__":
    main()
