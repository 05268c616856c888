"""Scored pairs from files, and every row that cannot be used."""

from pathlib import Path

import pytest

from data.scored_pairs import read_pairs
from matcher.domain.errors import ImportRefused, InvalidFile

HEADING = "startup_id,carrier_id,score\n"


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "pairs.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def faults(path: Path) -> list[tuple[int, str | None]]:
    with pytest.raises(ImportRefused) as refused:
        read_pairs(path)
    return [(one.line, one.column) for one in refused.value.faults]


def test_columns_are_found_by_name_and_others_passed_over(written) -> None:
    pairs = read_pairs(written("rank;score;carrier_id;startup_id\n1;0.5;c1;s1\n2;-3;c2;s1\n"))

    assert (pairs.startups, pairs.carriers, pairs.values.tolist()) == (["s1", "s1"], ["c1", "c2"], [0.5, -3.0])
    assert not pairs.are_probabilities
    assert pairs.utilities is None


def test_a_probability_is_taken_before_a_score_and_both_utilities_along(written) -> None:
    pairs = read_pairs(
        written("startup_id,carrier_id,score,probability,startup_utility,carrier_utility\ns,c,9,0.25,1,-2\n")
    )

    assert pairs.are_probabilities
    assert pairs.values.tolist() == [0.25]
    assert pairs.utilities.tolist() == [[1, -2]]


def test_every_fault_is_told_by_line(written) -> None:
    rows = "s,c,1\ns,c,2\ns,,1\ns,d,x\ns,e,inf\ns,f\ns,g,nan\n"

    assert faults(written(HEADING + rows)) == [
        (3, "startup_id"), (4, "carrier_id"), (5, "score"), (6, "score"), (7, None), (8, "score"),
    ]  # fmt: skip
    assert faults(written("startup_id,carrier_id,probability\ns,c,1.5\n")) == [(2, "probability")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbf\r\n", "empty"),
        (HEADING.encode(), "empty"),
        (b"startup_id,score\ns,1\n", "carrier_id"),
        (b"startup_id,carrier_id\ns,c\n", "probability, score"),
        (b"startup_id,carrier_id,score,score\ns,c,1,2\n", "twice"),
        (HEADING.encode() + b's,"c,1\n', "Line 2 is not CSV"),
        ("startup_id,carrier_id,score\n太仓,甲,1\n德国,乙,2\n".encode() + "园区,c,3\n".encode("gb18030"), "Line 4"),
    ],
)
def test_a_file_of_another_kind_is_refused(written, content, said) -> None:
    with pytest.raises(InvalidFile, match=said):
        read_pairs(written(content))


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(InvalidFile, match=r"gone\.csv"):
        read_pairs(tmp_path / "gone.csv")


def test_parquet_gives_the_same_as_csv(written, tmp_path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {"startup_id": ["s", "t"], "carrier_id": ["c", "c"], "score": [1.5, -2.0]}
    pq.write_table(pa.table(columns), tmp_path / "pairs.parquet")
    csv = read_pairs(written(HEADING + "s,c,1.5\nt,c,-2\n"))

    parquet = read_pairs(tmp_path / "pairs.parquet")

    assert (parquet.startups, parquet.carriers) == (csv.startups, csv.carriers)
    assert parquet.values.tolist() == csv.values.tolist()


def test_parquet_with_gaps_or_of_another_kind_is_refused(written, tmp_path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(
        pa.table({"startup_id": ["s", None], "carrier_id": ["c", "c"], "score": [None, 1.0]}), tmp_path / "gaps.parquet"
    )

    assert faults(tmp_path / "gaps.parquet") == [(1, "score"), (2, "startup_id")]
    with pytest.raises(InvalidFile, match="no Parquet"):
        read_pairs(written("no parquet at all", "other.parquet"))
