"""`matcher recommend` on the real registry with the real models."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import build_services
from api.settings import Settings

DRONES = (
    "We build fixed-wing drones that inspect offshore wind farms. Our company is eight months old. "
    "We need a workshop, a place to test-fly and first customers."
)
CATHETER = "我们是一支从高校走出来的团队，研发血管内超声导管，公司成立十四个月，需要洁净车间和医疗器械注册辅导。"
GEARS = "Wir bauen Messköpfe, die Schweißnähte in der Roboterzelle auf Risse prüfen, und suchen eine Halle mit Büro."


def answer_of(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_list_names_its_carriers_with_their_reasons(run) -> None:
    answer = answer_of(run("recommend", DRONES, "-k", "2", "--json"))

    text = " ".join(run("recommend", DRONES, "-k", "2").stdout.split())

    assert len(answer["matches"]) == 2
    for match in answer["matches"]:
        assert match["carrier"]["name"] in text
        assert match["next_step"] in text
        for part in match["criteria"]:
            assert not part["part"] or part["sentence"] in text
    assert answer["registry"]["version"] in text


@pytest.mark.parametrize(
    ("text", "language", "heading"),
    [(CATHETER, "zh", "对描述的理解"), (DRONES, "en", "What was understood"), (GEARS, "de", "Was verstanden wurde")],
)
def test_the_answer_speaks_the_language_of_the_text(run, text, language, heading) -> None:
    assert answer_of(run("recommend", text, "--json"))["language"] == language
    assert heading in run("recommend", text).stdout


def test_an_option_chooses_another_language(run) -> None:
    assert answer_of(run("recommend", CATHETER, "--lang", "de", "--json"))["language"] == "de"


def test_json_is_what_the_api_answers(run, filled) -> None:
    sent = {
        "text": DRONES,
        "k": 5,
        "scope": "delta",
        "lang": "en",
        "stage": "stage.seed",
        "company_age_months": 8,
        "districts": ["科教新城"],
        "exclude": ["cn001"],
        "foreign_invested": False,
    }
    with (
        build_services(Settings(data_dir=filled)) as services,
        TestClient(create_app(services)) as client,
    ):
        over_http = client.post("/v1/recommendations", json=sent).json()

    options = ["-k", "5", "--scope", "delta", "--lang", "en", "--stage", "seed", "--age-months", "8"]
    wishes = ["--district", "科教新城", "--exclude", "cn001", "--no-foreign"]
    here = answer_of(run("recommend", DRONES, *options, *wishes, "--json"))

    assert here | {"request_id": ""} == over_http | {"request_id": ""}


def test_the_neutral_order_is_by_name_and_says_so(run) -> None:
    neutral = answer_of(run("recommend", DRONES, "--order", "neutral", "--lang", "en", "--json"))

    names = [match["carrier"]["name"] for match in neutral["matches"]]
    assert neutral["order"] == "neutral"
    assert names == sorted(names, key=str.casefold)
    assert "alphabetical order" in run("recommend", DRONES, "--order", "neutral", "--lang", "en").stdout


def test_a_text_comes_from_standard_input(run) -> None:
    piped = answer_of(run("recommend", "-", "--json", input=DRONES))

    assert piped["profile"] == answer_of(run("recommend", DRONES, "--json"))["profile"]


def test_explaining_shows_parts_that_add_up(run) -> None:
    match = answer_of(run("recommend", DRONES, "-k", "1", "--json"))["matches"][0]

    text = run("recommend", DRONES, "-k", "1", "--explain").stdout

    assert sum(part["part"] for part in match["criteria"]) == match["score"]
    assert repr(match["score"]) in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["recommend", ""], "The description is empty"),
        (["recommend", "   "], "The description is empty"),
        (["recommend", "x" * 20_001], "at most 20,000"),
        (["recommend", DRONES, "-k", "0"], "k: A number of at least 1 is expected."),
        (["recommend", DRONES, "-k", "1000000000"], "k: A number of at most 100 is expected."),
        (["recommend", DRONES, "--stage", "late"], "stage.late is not in the vocabulary"),
        (["recommend", DRONES, "--age-months", "-1"], "company_age_months: A number of at least 0"),
        (["recommend", DRONES, "--exclude", "nobody"], "There is no carrier nobody"),
        (["recommend", "--input", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(run, arguments, words) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_the_sentence_comes_in_the_callers_language(run) -> None:
    assert "描述为空" in run("recommend", "", env={"LC_ALL": "C"}).stderr
    assert "Die Beschreibung ist leer" in run("recommend", "", "--lang", "de").stderr


@pytest.mark.parametrize(
    "arguments", [["recommend"], ["recommend", DRONES, "--input", "a"], ["recommend", DRONES, "--output", "a"]]
)
def test_a_command_that_does_not_add_up_is_wrong_usage(run, arguments) -> None:
    assert run(*arguments).exit_code == 2


def test_bytes_that_are_no_text_are_refused(run) -> None:
    result = run("recommend", "-", input=b"\xff\xfe\x00")

    assert result.exit_code == 2
    assert "not written in UTF-8" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J\x1b]0;title\x07 We build drones for inspection and need a test site.",
        "[bold red]We build drones[/bold red] :boom: [link=file:///etc]for inspection[/link], we need a test site.",
        "我们研发\u202e无人机\u2066，需要试飞场地。\x9b31m",
    ],
)
def test_hostile_text_cannot_steer_the_terminal(run, text) -> None:
    result = run("recommend", text, "-k", "2", "--explain")

    assert result.exit_code == 0
    assert not set("\x1b\x07\x9b\u202e\u2066") & set(result.output)


@pytest.mark.parametrize(
    "text", ["😀😀😀", "a", "ドローンを作っています。", "Мы делаем дроны.", "<script>alert(1)</script>"]
)
def test_a_text_that_says_little_gets_an_honest_outcome(run, text) -> None:
    answer = answer_of(run("recommend", text, "--json"))

    assert answer["outcome"] in {"needs_more_information", "out_of_scope", "no_core_chain", "ranked"}
    assert run("recommend", text).exit_code == 0


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_is_wider_than_the_terminal(run, columns) -> None:
    from rich.cells import cell_len  # noqa: PLC0415 - only this test measures

    text = run("recommend", CATHETER, "--explain", env={"COLUMNS": str(columns)}).stdout

    assert max(cell_len(line) for line in text.splitlines()) <= columns


def test_a_file_is_answered_line_by_line_in_order(run, tmp_path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked = [
        {"id": "zh", "text": CATHETER, "note": "not for us"},
        {"id": 7, "text": GEARS, "k": 1},
        {"id": "en", "text": DRONES, "lang": "zh", "stage": "stage.growth"},
    ]
    source.write_text("\n".join(json.dumps(line) for line in asked), encoding="utf-8")

    result = run("recommend", "--input", str(source), "--output", str(target), "-k", "3")

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    first, second, third = rows(target)
    assert [first["id"], second["id"], third["id"]] == ["zh", 7, "en"]
    assert [first["language"], second["language"], third["language"]] == ["zh", "de", "zh"]
    assert len(second["matches"]) <= 1
    assert third["profile"]["stage"]["id"] == "stage.growth"
    alone = answer_of(run("recommend", CATHETER, "-k", "3", "--json"))
    assert first | {"request_id": "", "id": ""} == alone | {"request_id": "", "id": ""}


@pytest.mark.parametrize("said", ["mixed", "other"])
def test_a_line_may_say_that_its_text_is_in_no_single_language(run, tmp_path, said) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "one", "text": DRONES, "lang": said}), encoding="utf-8")

    result = run("recommend", "--input", str(source), "--output", str(target))

    assert result.exit_code == 0, result.output
    assert rows(target)[0]["language"] == "en"


def test_broken_lines_get_their_problem_and_the_rest_its_answer(run, tmp_path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        "not json",
        json.dumps({"id": "empty", "text": " "}),
        json.dumps({"id": "good", "text": DRONES}),
        json.dumps({"id": "no text"}),
        json.dumps({"id": "bad stage", "text": DRONES, "stage": "stage.late"}),
        json.dumps({"id": "bad k", "text": DRONES, "k": 0}),
        json.dumps({"id": "half", "text": "\ud83d drones"}),
    ]
    source.write_text("\n".join(lines), encoding="utf-8")

    result = run("recommend", "--input", str(source), "--output", str(target))

    assert result.exit_code == 1
    answers = rows(target)
    assert [answer["id"] for answer in answers] == [None, "empty", "good", "no text", "bad stage", "bad k", "half"]
    assert [answer["line"] for answer in answers if "error" in answer] == [1, 2, 4, 5, 6, 7]
    assert answers[2]["matches"]
    assert answers[0]["error"]["detail"] == "Line 1 is not JSON in UTF-8."
    assert answers[1]["error"]["type"] == "/problems/invalid-text"
    assert answers[4]["error"]["errors"][0]["field"] == "stage"


def test_without_an_output_file_the_answers_are_printed(run, tmp_path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "first", "text": DRONES}) + "\nnot json\n", encoding="utf-8")

    pages = run("recommend", "--input", str(source))
    lines = run("recommend", "--input", str(source), "--json")

    assert pages.exit_code == lines.exit_code == 1
    assert "first" in pages.stdout
    assert "We build fixed-wing drones" in pages.stdout
    assert "What was understood" in pages.stdout
    assert "Line 2 is not JSON" in pages.stderr
    assert [json.loads(line)["id"] for line in lines.stdout.splitlines()] == ["first", None]
