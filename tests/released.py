"""The released encoder, reader and vocabulary, loaded once per process for all tests that read with them."""

from functools import cache

from data.seed import read_seed, seed_folder
from matcher.domain.taxonomy import Taxonomy
from models.encoders import OnnxEncoder, load_encoder
from models.readers import LearnedReader, load_reader


@cache
def vocabulary() -> Taxonomy:
    return read_seed(seed_folder()).vocabulary


@cache
def released_encoder() -> OnnxEncoder:
    return load_encoder()


@cache
def released_reader() -> LearnedReader:
    return load_reader(released_encoder(), vocabulary())
