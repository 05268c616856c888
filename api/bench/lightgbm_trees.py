"""The released ranker's trees as LightGBM reads them: the same trees, walked by the library that grew them."""

from collections.abc import Sequence

import lightgbm as lgb
import numpy as np

from models.tree_tables import LEAF, TreeTable

MISSING_IS_NAN, MISSING_LEFT = 8, 2  # bits of `decision_type`
LARGEST = 1e308  # for a threshold that nothing exceeds


def booster_of(trees: Sequence[TreeTable], n_features: int) -> lgb.Booster:
    """Its raw prediction is the sum over the trees."""
    texts = [_text(number, tree) for number, tree in enumerate(trees)]
    head = [
        "tree",
        "version=v4",
        "num_class=1",
        "num_tree_per_iteration=1",
        "label_index=0",
        f"max_feature_idx={n_features - 1}",
        "objective=regression",
        "feature_names=" + " ".join(f"f{number}" for number in range(n_features)),
        "feature_infos=" + " ".join(["[-1e308:1e308]"] * n_features),
        "tree_sizes=" + " ".join(str(len(text)) for text in texts),
        "",
        "",
    ]
    end = [
        "end of trees",
        "",
        "feature_importances:",
        "",
        "parameters:",
        "end of parameters",
        "",
        "pandas_categorical:[]",
    ]
    return lgb.Booster(model_str="\n".join(head) + "".join(texts) + "\n".join(end))


def _text(number: int, tree: TreeTable) -> str:
    """LightGBM numbers splits from 0 and leaves from -1 downwards."""
    is_leaf = tree.feature == LEAF
    name = np.where(is_leaf, -np.cumsum(is_leaf), np.cumsum(~is_leaf) - 1)
    splits, leaves = np.flatnonzero(~is_leaf), np.flatnonzero(is_leaf)
    if not len(splits):
        lines = {"num_leaves": "1", "num_cat": "0", "leaf_value": repr(float(tree.value[0]))}
    else:
        threshold = np.where(np.isinf(tree.threshold), LARGEST, tree.threshold)[splits]
        ways = MISSING_IS_NAN + MISSING_LEFT * tree.missing_left[splits].astype(int)
        lines = {
            "num_leaves": str(len(leaves)),
            "num_cat": "0",
            "split_feature": _joined(tree.feature[splits]),
            "split_gain": _joined(np.ones(len(splits), int)),
            "threshold": _joined(threshold),
            "decision_type": _joined(ways),
            "left_child": _joined(name[tree.left[splits]]),
            "right_child": _joined(name[tree.right[splits]]),
            "leaf_value": _joined(tree.value[leaves]),
            "leaf_weight": _joined(np.ones(len(leaves), int)),
            "leaf_count": _joined(np.ones(len(leaves), int)),
            "internal_value": _joined(np.zeros(len(splits), int)),
            "internal_weight": _joined(np.ones(len(splits), int)),
            "internal_count": _joined(np.ones(len(splits), int)),
        }
    said = "\n".join(f"{key}={value}" for key, value in (lines | {"is_linear": "0", "shrinkage": "1"}).items())
    return f"Tree={number}\n{said}\n\n\n"


def _joined(values: np.ndarray) -> str:
    return " ".join(repr(value) for value in values.tolist())
