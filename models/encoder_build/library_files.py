"""Writes the small files by which Sentence Transformers knows the encoder."""

import json
from collections.abc import Mapping
from pathlib import Path

from models.encoder_build.source import SourceModel
from models.encoder_build.tokenizer import END, MASK, PADDING, SPECIAL, START, UNKNOWN

PREFIX = "query: "
OUR_TRANSFORMER = "models.q4_transformer.Q4Transformer"
POOLING = "sentence_transformers.sentence_transformer.modules.pooling.Pooling"
NORMALIZE = "sentence_transformers.base.modules.normalize.Normalize"


def write_library_files(folder: Path, source: SourceModel, n_pieces: int) -> None:
    for name, content in {
        "config.json": _config(source, n_pieces),
        "tokenizer_config.json": _tokenizer_config(source),
        "sentence_bert_config.json": {"max_seq_length": source.max_tokens, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": PREFIX},
            "default_prompt_name": "query",
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": OUR_TRANSFORMER},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": POOLING},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": NORMALIZE},
        ],
        "1_Pooling/config.json": {
            "embedding_dimension": source.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _config(source: SourceModel, n_pieces: int) -> Mapping[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": n_pieces,
        "hidden_size": source.hidden,
        "num_hidden_layers": source.n_layers,
        "num_attention_heads": source.n_heads,
        "intermediate_size": source.feed_forward,
        "hidden_act": "gelu",
        "max_position_embeddings": source.max_tokens,
        "type_vocab_size": source.n_token_types,
        "layer_norm_eps": round(source.norm_epsilon, 15),
        "pad_token_id": SPECIAL.index(PADDING),
        "dtype": "float32",
    }


def _tokenizer_config(source: SourceModel) -> Mapping[str, object]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": START,
        "cls_token": START,
        "eos_token": END,
        "sep_token": END,
        "pad_token": PADDING,
        "unk_token": UNKNOWN,
        "mask_token": MASK,
        "model_max_length": source.max_tokens,
        "model_input_names": ["input_ids", "attention_mask"],
    }
