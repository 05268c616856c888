"""Reads whether a company exists yet, whether foreign money is in it, and whether it is a high-tech enterprise."""

from matcher.understanding.patterns import AnyOf

NOT_REGISTERED = AnyOf(
    "(?:还|尚)?(?:没|未|没有|还没有?)(?:有)?(?:注册|成立|登记|办(?:公司|执照)|公司)",
    "执照还没|公司没办|没公司|准备注册|拟注册",
    r"\b(?:no company (?:yet|so far)|not (?:yet )?(?:registered|incorporated|founded)|nothing is registered)\b",
    r"\b(?:before incorporation|(?:yet to|will) be (?:founded|registered|incorporated))\b",
    r"\b(?:noch (?:nicht gegründet|keine (?:firma|gesellschaft|gmbh))|keine (?:firma|gesellschaft))\b",
    r"\bnicht eingetragen\b",
    r"\b(?:firma|gesellschaft) (?:gibt es noch nicht|existiert nicht)\b",
    r"\bvor der gründung\b|\bwird (?:erst )?gegründet\b",
)
REGISTERED = AnyOf(
    "成立|注册|登记|有限公司|高企|公司(?:满|今年|去年)",
    r"\b(?:founded|incorporated|registered|established|ltd|wfoe|inc\.|our company)\b",
    r"\b(?:gegründet|eingetragen|gmbh|gesellschaft seit|firma seit|tochter)\b",
)
HIGH_TECH = AnyOf(
    "高企|高新技术企业",
    r"\bhigh-?tech(?:nology)? (?:enterprise|firm|compan\w+|status|recognition|certif\w+)|\bhte\b",
    r"\bhochtechnologie(?:firma|unternehmen|status)\w*|\bhigh-?tech-?(?:status|unternehmen|firma)\w*|\bhte-status",
)
ALL_DOMESTIC = AnyOf("全内资|纯内资", r"\b(?:fully|purely) domestic\b")
FOREIGN = AnyOf(
    "外资|外商|合资|德方|中外|德国母公司|海外(?:股东|母公司)|外方",
    r"\b(?:wfoe|foreign[- ](?:held|owned|invested)|foreign hands|joint venture|jv|overseas shareholder)\b",
    r"\b(?:holding in delaware|parent (?:is|in)|mother is in)\b",
    r"\b(?:ausländisch\w*|auslandskapital|tochter(?:gesellschaft)?|mutter(?:gesellschaft|haus)?|konzern)\b",
)


def is_registered(text: str) -> bool | None:
    """None where the text does not say."""
    if NOT_REGISTERED.matches(text):
        return False
    return True if REGISTERED.matches(text) else None


def is_foreign_invested(text: str) -> bool | None:
    """None where the text does not say."""
    if ALL_DOMESTIC.matches(text):
        return False
    return True if FOREIGN.matches(text) else None


def is_high_tech_enterprise(text: str) -> bool | None:
    """Whether the text states the recognition; None where it does not, since silence is no denial."""
    return True if HIGH_TECH.matches(text) else None
