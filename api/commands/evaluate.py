"""`matcher evaluate`: is it any good, on texts that people have judged?"""

from api.commands.options import AsJson, Lang


def evaluate(lang: Lang = None, as_json: AsJson = False) -> None:
    """Measure reading and ranking on the judged texts."""
    from api.commands.measuring import measure  # noqa: PLC0415 - the models stay off the start path

    measure(lang, as_json=as_json)
