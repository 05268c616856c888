"""Startups to rows and back."""

import numpy as np
from numpy.typing import NDArray

from data.mapping.profiles import profile_bytes, profile_from, stated_from, stated_json
from data.tables import StartupProfileRow, StartupRow
from matcher.domain.accounts import AccountId
from matcher.domain.ids import StartupId
from matcher.domain.messages import Language
from matcher.domain.startup_records import ListedStartup, ReadStartup, StartupDraft, StartupRecord
from matcher.domain.startups import Description

STORED = np.dtype("<f4")


def startup_row(record: StartupRecord, change: int) -> StartupRow:
    draft = record.draft
    return StartupRow(
        id=record.id,
        owner_id=record.owner,
        name=draft.name,
        folded_name=draft.name.casefold(),
        contact=draft.contact,
        text=draft.description.text,
        language=record.language.value,
        stated=stated_json(record.stated),
        discoverable=draft.discoverable,
        train_consent=draft.train_consent,
        version=record.version,
        created_at=record.created_at,
        updated_at=record.updated_at,
        withdrawn_at=record.withdrawn_at,
        change=change,
    )


def startup_from(row: StartupRow) -> StartupRecord:
    draft = StartupDraft(
        name=row.name,
        contact=row.contact,
        description=Description(text=row.text, stated=stated_from(row.stated)),
        discoverable=row.discoverable,
        train_consent=row.train_consent,
    )
    return StartupRecord(
        id=StartupId(row.id),
        owner=AccountId(row.owner_id),
        draft=draft,
        language=Language(row.language),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        withdrawn_at=row.withdrawn_at,
    )


def profile_row(read: ReadStartup) -> StartupProfileRow:
    vector = np.ascontiguousarray(read.profile.embedding, STORED)
    return StartupProfileRow(
        startup_id=read.startup_id,
        content_hash=read.content_hash,
        reader_id=read.reader_id,
        read_in=read.read_in,
        profile=profile_bytes(read.profile),
        dims=vector.size,
        vector=vector.tobytes(),
    )


def read_from(row: StartupProfileRow) -> ReadStartup:
    return ReadStartup(
        startup_id=StartupId(row.startup_id),
        content_hash=row.content_hash,
        reader_id=row.reader_id,
        read_in=row.read_in,
        profile=profile_from(row.profile, vector_from(row.vector)),
    )


def listed_from(row: StartupRow, read: StartupProfileRow) -> ListedStartup:
    return ListedStartup(
        id=StartupId(row.id),
        owner=AccountId(row.owner_id),
        language=Language(row.language),
        discoverable=row.discoverable,
        train_consent=row.train_consent,
        version=row.version,
        updated_at=row.updated_at,
        reader_id=read.reader_id,
        profile=profile_from(read.profile, vector_from(read.vector)),
    )


def vector_from(content: bytes) -> NDArray[np.float32]:
    """As it was kept, shape (n_dims,)."""
    return np.frombuffer(content, STORED).astype(np.float32)
