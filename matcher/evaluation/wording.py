"""What the figures are called, and what must be known to read them."""

from matcher.domain.messages import Language, Message

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
}
SYSTEMS = {
    "released": Message.of("released ranker"),
    "embedding": Message.of("embedding only"),
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
TWIN_OVERLAP = Message.of("Lists shared by the same text in other languages")
CORE_PARK = Message.of("Core park among the first three where the chain was read right")
EXCLUDED = Message.of("Carriers taken off lists by a rule or wish")
EXCLUDED_WRONGLY = Message.of("Of these, carriers judged acceptable or better")
SEEN = "Share of the carriers among the first {k} of any list"
GINI = "Inequality of places among the first {k} (Gini)"

NOTES = (
    Message.of("All texts and firms are invented; labels and grades are the judgements of one assessor."),
    Message.of("No practitioner has checked them: the figures compare systems and are no proof of quality."),
    Message.of("Texts that say the same in several languages count as one piece of evidence in intervals and tests."),
    Message.of("Random order stands for its expected value over all orders."),
)


def of_system(figure: str, system: str) -> Message:
    return Message.of("{figure}, {system}", figure=RANKING[figure], system=SYSTEMS[system])


def in_language(figure: Message, language: Language) -> Message:
    return Message.of("{figure}, texts in {language}", figure=figure, language=LANGUAGES[language])


def against(baseline: str) -> Message:
    return Message.of("Gain in nDCG@5 over {system}", system=SYSTEMS[baseline])
