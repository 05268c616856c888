"""Builds the services: the one place where implementations are chosen."""

from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime

from api.background_runs import BackgroundRuns
from api.batch_services import BatchServices
from api.feedback_services import build_feedback
from api.identity import build_identity
from api.lead_services import build_leads
from api.metrics import MeasuredEncoder, MeasuredVectors, Metrics
from api.record_services import build_carriers, build_startups
from api.retention_job import retention_job
from api.scheduler import Scheduler
from api.sentences import Sentences
from api.services import RegistryServices, Services
from api.settings import Settings
from api.snapshot import RegistrySnapshot
from api.unread import UnreadStartups
from data.leases import SqlLeases
from data.run_turns import RunTurns
from data.seed import read_seed, seed_folder
from data.unit_of_work import Store, open_store
from data.vectors import SqlVectorCache
from matcher.domain.errors import StoreNotReady
from matcher.domain.matches import ModelIds
from matcher.ports import Transactions
from matcher.services.initialise import Initialise
from matcher.services.recommend import Recommend
from models.cached_encoder import ReadsTexts
from models.encoders import CachedEncoder, load_encoder
from models.own_texts import own_texts
from models.serving import serving_ranker, serving_reader
from models.store import ModelStore


def build_services(settings: Settings) -> Services:
    """Open the store and load the models; an empty store is filled from the seed.

    Raises:
        StoreNotReady: the store cannot be opened, or is newer than this program.
        SeedNotFound: the store is empty, and so is the seed's folder.
        EncoderUnavailable: the configured encoder cannot be had.
        ModelNotFound: a released artefact is missing or damaged; another one is replaced by the released one.
    """
    with ExitStack() as undo:
        store = _open(settings)
        undo.callback(store.close)
        registry = _registry_services(store, settings)
        metrics = Metrics()
        encoder = MeasuredEncoder(configured_encoder(settings), metrics)
        reader, served_reader = serving_reader(model_store(settings), encoder, registry.snapshot().taxonomy)
        ranker, served_ranker = serving_ranker(model_store(settings), encoder.id)
        recommend = Recommend(
            snapshot=registry.snapshot,
            encoder=CachedEncoder(
                encoder, MeasuredVectors(SqlVectorCache(store), metrics)
            ),  # sees carriers' texts only
            reader=reader,  # with the plain encoder: a startup's vectors are not kept
            ranker=ranker,
            home=settings.home_city,
        )
        startups = build_startups(store.transactions, reader, registry.snapshot, lambda: store.own_writes.startups)
        unread = UnreadStartups(startups.reread, metrics)
        leads = build_leads(store.transactions, recommend.board, startups.everybodys, ranker)
        folder = settings.data_dir / "rerank"
        batch = BatchServices(
            store.transactions,
            recommend.board,
            ranker,
            ModelIds(encoder=encoder.id, reader=reader.id, ranker=ranker.id),
            folder,
            RunTurns(folder / "turn", SqlLeases(store), lambda: datetime.now(UTC)),
            settings.runs_kept,
        )
        sentences = Sentences.load(zone=settings.time_zone)
        undo.pop_all()  # all is there: the store stays open
    return Services(
        settings=settings,
        registry=registry,
        recommend=recommend,
        startups=startups,
        leads=leads,
        batch=batch,
        feedback=build_feedback(store.transactions, settings, metrics, batch.models),
        sentences=sentences,
        weights=ranker.weights,
        served=(served_reader, served_ranker),
        metrics=metrics,
        unread=unread,
        runs=BackgroundRuns(batch.recorded),
        scheduler=Scheduler(
            jobs=(
                unread.job(),
                retention_job(registry.identity.rights.retention, startups.everybodys, leads.see.rankings),
            ),
            leases=SqlLeases(store),
        ),
    )


def model_store(settings: Settings) -> ModelStore:
    """Where readers and rankers are kept beside the released ones."""
    return ModelStore(settings.data_dir / "models")


def configured_encoder(settings: Settings) -> ReadsTexts:
    """The encoder that the settings name, without cache or measurement.

    Raises:
        EncoderUnavailable: it cannot be had.
        ModelNotFound: a file of the released one is missing.
    """
    return load_encoder(
        settings.encoder, centring_texts=_texts_by_language, means_folder=settings.data_dir / "encoder_means"
    )


def build_registry(settings: Settings, *, fill: bool = True) -> RegistryServices:
    """Open the store alone, without any model.

    Args:
        settings: say where the store is.
        fill: whether an empty store is filled from the seed.

    Raises:
        StoreNotReady: the store cannot be opened, or is newer than this program.
        SeedNotFound: the store is empty, and so is the seed's folder.
    """
    return _registry_services(_open(settings), settings, fill=fill)


def _open(settings: Settings) -> Store:
    if settings.database_url is None:
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreNotReady(
                "The folder {folder} for the store cannot be made: {reason}.",
                field="data_dir",
                folder=settings.data_dir,
                reason=error.strerror,
            ) from error
    store = open_store(settings.store_url)
    store.migrate()
    return store


def _registry_services(store: Store, settings: Settings, *, fill: bool = True) -> RegistryServices:
    initialise = Initialise(store.transactions)
    if fill and _is_empty(store.transactions):
        initialise(read_seed(seed_folder()))
    return RegistryServices(
        store=store,
        transactions=store.transactions,
        snapshot=RegistrySnapshot(store.transactions, own_writes=lambda: store.own_writes.registry),
        initialise=initialise,
        identity=build_identity(store, settings),
        carriers=build_carriers(store.transactions),
    )


def _is_empty(transactions: Transactions) -> bool:
    with transactions() as unit:
        try:
            unit.registry_version()
        except StoreNotReady:
            return True
    return False


def _texts_by_language() -> dict[str, list[str]]:
    """What another encoder than the released one is centred on."""
    texts: dict[str, list[str]] = defaultdict(list)
    for language, text in own_texts():
        texts[language].append(text)
    return texts
