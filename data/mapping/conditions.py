"""Entry rules and finance products to rows and back."""

from collections.abc import Mapping

from data.fingerprints import fingerprint, frozen, plain
from data.mapping.texts import optional_texts_column, optional_texts_from, texts_column, texts_from
from data.tables import EntryRuleRow, FinanceProductRow
from matcher.domain.entry_rules import EntryRule, RuleException, Treatment
from matcher.domain.facts import Source
from matcher.domain.finance import FinanceProduct
from matcher.domain.ids import CarrierId, EntryRuleId, TermId


def rule_from(row: EntryRuleRow, sources: Mapping[str, Source]) -> EntryRule:
    extra = frozen(row.extra)
    return EntryRule(
        id=EntryRuleId(row.id),
        carrier_kinds=tuple(row.carrier_kinds),
        carrier_id=CarrierId(row.carrier_id) if row.carrier_id else None,
        subject=row.subject,
        op=row.op,
        value=frozen(row.value),
        treatment=Treatment(row.treatment),
        exceptions=tuple(
            RuleException(fields=tuple(one["fields"]), value=frozen(one["value"])) for one in row.exceptions
        ),
        note=row.note,
        source=sources[row.source_id],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        extra=extra if isinstance(extra, Mapping) else None,
    )


def rule_row(rule: EntryRule) -> EntryRuleRow:
    return EntryRuleRow(
        id=rule.id,
        carrier_kinds=list(rule.carrier_kinds),
        carrier_id=rule.carrier_id,
        subject=rule.subject,
        op=rule.op,
        value=plain(rule.value),
        treatment=rule.treatment.value,
        exceptions=plain(rule.exceptions),
        note=rule.note,
        source_id=rule.source.id,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        extra=plain(rule.extra),
        fingerprint=fingerprint(rule),
    )


def product_from(row: FinanceProductRow, sources: Mapping[str, Source]) -> FinanceProduct:
    return FinanceProduct(
        id=row.id,
        product=TermId(row.product) if row.product else None,
        name=texts_from(row.name),
        form=row.form,
        area=row.area,
        eligibility=optional_texts_from(row.eligibility),
        amount=optional_texts_from(row.amount),
        as_of=row.as_of,
        status=row.status,
        terms_known=row.terms_known,
        source=sources[row.source_id],
    )


def product_row(product: FinanceProduct) -> FinanceProductRow:
    return FinanceProductRow(
        id=product.id,
        product=product.product,
        name=texts_column(product.name),
        form=product.form,
        area=product.area,
        eligibility=optional_texts_column(product.eligibility),
        amount=optional_texts_column(product.amount),
        as_of=product.as_of,
        status=product.status,
        terms_known=product.terms_known,
        source_id=product.source.id,
        fingerprint=fingerprint(product),
    )
