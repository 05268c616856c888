"""What is derived from the facts: the registry's version and date, and the vectors of texts."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class RegistryStateRow(Base):
    """One row, renewed with every change of the registry."""

    __tablename__ = "registry_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[str] = mapped_column(String(10))


class VectorRow(Base):
    """The embedding of one text by one encoder: little-endian float32."""

    __tablename__ = "vectors"

    encoder_id: Mapped[str] = mapped_column(String(256), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    dims: Mapped[int]
    vector: Mapped[bytes]
