"""TF-IDF as scikit-learn computes it over the same words."""

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.retrieval.sparse import tokens
from matcher.retrieval.tfidf import TfidfIndex

TEXTS = ["Robots that weld, robots that paint", "医疗器械研发", "A park for pills and robots", ""]
QUERIES = ["welding robots robots", "医疗器械", "nothing here is known", ""]


def test_scores_are_those_of_scikit_learn() -> None:
    known = TfidfVectorizer(tokenizer=lambda text: list(tokens(text)), token_pattern=None, lowercase=False,
                            sublinear_tf=True)  # fmt: skip
    documents = known.fit_transform(TEXTS)

    np.testing.assert_allclose(
        TfidfIndex.of(TEXTS).scores(QUERIES), (known.transform(QUERIES) @ documents.T).toarray(), atol=1e-12
    )


def test_no_documents_and_no_queries_have_no_scores() -> None:
    assert TfidfIndex.of([]).scores(["robots"]).shape == (1, 0)
    assert TfidfIndex.of(TEXTS).scores([]).shape == (0, 4)
