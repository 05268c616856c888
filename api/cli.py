"""The command line `matcher`: the same services as the API, as commands."""

import typer

from api.commands.allocate import allocate
from api.commands.backup import backup
from api.commands.carriers import carriers
from api.commands.data import data
from api.commands.doctor import doctor
from api.commands.evaluate import evaluate
from api.commands.export import export
from api.commands.group import Commands
from api.commands.import_ import import_
from api.commands.init import init
from api.commands.keys import keys
from api.commands.models import models
from api.commands.rank import rank
from api.commands.recommend import recommend
from api.commands.rerank import rerank
from api.commands.restore import restore
from api.commands.retention import retention
from api.commands.runs import runs
from api.commands.serve import serve
from api.commands.startups import startups
from api.commands.template import template
from api.commands.train import train
from api.commands.users import users

app = typer.Typer(
    cls=Commands,
    name="matcher",
    help="Matches startups with innovation carriers: read, ranked, explained, honest.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (
    init, serve, recommend, carriers, doctor, evaluate, train, rank, rerank, allocate, backup, restore, export,
    template,
):  # fmt: skip
    app.command()(command)
app.command("import")(import_)
app.add_typer(startups, name="startups")
app.add_typer(models, name="models")
app.add_typer(runs, name="runs")
app.add_typer(users, name="users")
app.add_typer(keys, name="keys")
app.add_typer(data, name="data")
app.add_typer(retention, name="retention")
