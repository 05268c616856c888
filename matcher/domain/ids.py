"""One type per kind of id, so that a carrier is never passed where a sub-field is meant."""

from typing import NewType

CarrierId = NewType("CarrierId", str)
StartupId = NewType("StartupId", str)
EntryRuleId = NewType("EntryRuleId", str)
SourceId = NewType("SourceId", str)
TermId = NewType("TermId", str)  # any id of the vocabulary: "biomed.devices", "service.site", "stage.seed"
