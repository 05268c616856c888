"""An object with large arrays in a file that several processes map into memory, so that it is there only once."""

import mmap
import pickle
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 64  # bytes, as the widest loads of the processor want it


class _Pickler(pickle.Pickler):
    """Leaves arrays that are mapped from a file where they are."""

    def reducer_override(self, thing: Any) -> Any:  # noqa: ANN401 - as pickle wants it
        if isinstance(thing, np.memmap) and isinstance(thing.base, mmap.mmap):
            return _mapped, (str(thing.filename), thing.dtype.str, thing.offset, thing.shape)
        return NotImplemented


def _mapped(name: str, dtype: str, offset: int, shape: tuple[int, ...]) -> NDArray[Any]:
    return np.memmap(name, dtype=dtype, mode="r", offset=offset, shape=shape)


def write_shared(path: Path, thing: object) -> Path:
    """Write it: first the arrays, then everything else, then where everything lies."""
    buffers: list[pickle.PickleBuffer] = []
    rest = BytesIO()
    _Pickler(rest, protocol=5, buffer_callback=buffers.append).dump(thing)
    with path.open("wb") as file:
        spans = []
        for buffer in (one.raw() for one in buffers):
            file.seek(-(-file.tell() // ALIGNED) * ALIGNED)
            spans.append((file.tell(), buffer.nbytes))
            file.write(buffer)
        start = file.tell()
        file.write(rest.getvalue())
        where = pickle.dumps((spans, start, file.tell()))
        file.write(where)
        file.write(len(where).to_bytes(8, "little"))
    return path


def read_shared(path: Path) -> Any:  # noqa: ANN401 - whatever was written
    """The same object; its arrays cannot be written to."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    n_where = int.from_bytes(whole[-8:], "little")
    spans, start, end = pickle.loads(whole[-8 - n_where : -8])
    return pickle.loads(whole[start:end], buffers=[whole[a : a + n] for a, n in spans])
