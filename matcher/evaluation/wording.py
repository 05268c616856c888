"""What the figures are called, and what must be known to read them."""

from matcher.domain.messages import Language, Message, Texts
from matcher.domain.taxonomy import NO_CHAIN, Taxonomy
from matcher.evaluation.folds import N_FOLDS, N_PARTITIONS

Label = Message | Texts  # Texts: the name of a thing

READING = {
    "chain_acc": Message.of("Chain read right"),
    "subfield_top1": Message.of("Main sub-field read first"),
    "subfield_top3": Message.of("Main sub-field among the first three"),
    "stage_exact": Message.of("Stage read exactly"),
    "stage_within1": Message.of("Stage within one step"),
    "outcome_acc": Message.of("Outcome right"),
    "outcome_f1": Message.of("Outcome, macro-F1"),
    "services_f1": Message.of("Services, micro-F1"),
    "capabilities_f1": Message.of("Capabilities, micro-F1"),
    "site_f1": Message.of("Site needs, micro-F1"),
    "precision_ranked": Message.of("Precision: list for a core chain"),
    "recall_ranked": Message.of("Recall: list for a core chain"),
    "precision_no_core_chain": Message.of("Precision: no core chain"),
    "recall_no_core_chain": Message.of("Recall: no core chain"),
    "precision_needs_more_information": Message.of("Precision: more information needed"),
    "recall_needs_more_information": Message.of("Recall: more information needed"),
    "precision_out_of_scope": Message.of("Precision: out of scope"),
    "recall_out_of_scope": Message.of("Recall: out of scope"),
}
SYSTEMS = {
    "released": Message.of("released ranker"),
    "prior": Message.of("documented prior"),
    "chain_stage_table": Message.of("average grades by chain and stage read"),
    "chain_table": Message.of("average grades by chain read"),
    "popularity": Message.of("popularity"),
    "embedding": Message.of("embedding only"),
    "tfidf": Message.of("TF-IDF"),
    "bm25": Message.of("BM25"),
    "random": Message.of("random order"),
}
LANGUAGES = {
    Language.ZH: Message.of("Chinese"),
    Language.EN: Message.of("English"),
    Language.DE: Message.of("German"),
    Language.MIXED: Message.of("mixed languages"),
}
RANKING = {
    "ndcg5": Message.of("nDCG@5"),
    "hit1_grade2": Message.of("A good carrier comes first"),
    "mrr_grade2": Message.of("Reciprocal rank of the first good carrier"),
    "recall10_grade2": Message.of("Share of the good carriers among the first ten"),
}
CALIBRATION = {
    "ece_matches": Message.of("Calibration error of matches"),
    "ece_bands": Message.of("Calibration error of bands"),
    "brier_matches": Message.of("Brier score of matches"),
    "ece_chain": Message.of("Calibration error of the chain"),
    "ece_subfield": Message.of("Calibration error of the main sub-field"),
    "ece_stage": Message.of("Calibration error of the stage"),
    "good_low": Message.of("Good carriers among those that fit little"),
    "good_medium": Message.of("Good carriers among those that fit partly"),
    "good_high": Message.of("Good carriers among those that fit well"),
}
NO_CHAIN_LABEL = Message.of("none of the four chains")
CHAIN_CONFUSION = Message.of("Chains: as judged and as read")
SUBFIELD_CONFUSION = Message.of("Main sub-fields most often read as another")
BY_CHAIN_AND_LANGUAGE = Message.of("nDCG@5 by chain and language of the text")
TWIN_OVERLAP = Message.of("Lists shared by the same text in other languages")
CORE_PARK = Message.of("Core park among the first three where the chain was read right")
EXCLUDED = Message.of("Carriers taken off lists by a rule or wish")
EXCLUDED_WRONGLY = Message.of("Of these, carriers judged acceptable or better")
SEEN = "Share of the carriers among the first {k} of any list"
GINI = "Inequality of places among the first {k} (Gini)"

NOTES = (
    Message.of("All texts and firms are invented; labels and grades are the judgements of one assessor."),
    Message.of("No practitioner has checked them: the figures compare systems and are no proof of quality."),
    Message.of("The program was built with these texts in view, so figures on them flatter."),
    Message.of("Texts that say the same in several languages count as one piece of evidence in intervals and tests."),
    Message.of("Random order stands for its expected value over all orders."),
    Message.of(
        "A learned ranker, average grades, popularity and calibration are measured on texts that they were not fitted"
        " on: {n_folds} folds, rankings averaged over {n_partitions} divisions.",
        n_folds=N_FOLDS,
        n_partitions=N_PARTITIONS,
    ),
)


def of_system(figure: str, system: str) -> Message:
    return Message.of("{figure}, {system}", figure=RANKING[figure], system=SYSTEMS[system])


def in_language(figure: Message, language: Language) -> Message:
    return Message.of("{figure}, texts in {language}", figure=figure, language=LANGUAGES[language])


def against(baseline: str) -> Message:
    return Message.of("Gain in nDCG@5 over {system}", system=SYSTEMS[baseline])


def in_chain(figure: Message, chain: Label) -> Message:
    return Message.of("{figure}, chain: {chain}", figure=figure, chain=chain)


def chain_name(chain: str, taxonomy: Taxonomy) -> Label:
    return NO_CHAIN_LABEL if chain == NO_CHAIN else taxonomy.label(chain)
