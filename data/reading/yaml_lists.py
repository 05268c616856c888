"""A YAML file of named lists: each entry with its line, broken entries apart."""

from pathlib import Path
from typing import Protocol

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from data.reading.files import EMPTY, Unreadable, decode, read_bytes, unreadable
from data.reading.rows import Row
from matcher.domain.messages import Message

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, seven times as fast where it was built
MAX_DEPTH = 12
PLAIN_TAGS = ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
UNREADABLE_VALUE = "A value cannot be read."


class Mark(Protocol):
    """A place in the text, of either of the two parsers."""

    line: int  # from 0


class YamlLists:
    """The top level of a file: plain values, and lists or mappings of entries."""

    def __init__(self, path: Path) -> None:
        """Raises SeedNotFound, and Unreadable where the file as a whole is not YAML."""
        self.file = path.name
        text = decode(read_bytes(path), self.file)
        self._nodes = self._top_level(text)

    def value(self, name: str) -> object:
        """A plain value or a list of these; None where it is missing."""
        node = self._nodes.get(name)
        return None if node is None else self._value(node)

    def line(self, name: str) -> int:
        node = self._nodes.get(name)
        return 1 if node is None else _line(node)

    def rows(self, name: str) -> list[Row | Unreadable]:
        """The entries of a list; a mapping of entries gives each its key as `id`; a missing name gives none."""
        node = self._nodes.get(name)
        if isinstance(node, SequenceNode):
            return [self._row(entry) for entry in node.value]
        if isinstance(node, MappingNode):
            return [self._row(entry, key) for key, entry in node.value]
        if node is None:
            return []
        return [self._broken(node, Message.of("{name} is a list of entries.", name=name))]

    def _top_level(self, text: str) -> dict[str, Node]:
        try:
            for event in yaml.parse(text, Loader=LOADER):
                if isinstance(event, yaml.AliasEvent):  # a few lines of these can unfold to gigabytes
                    raise unreadable(self.file, _marked(event.start_mark), Message.of("Aliases are not used here."))
            node = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            reason = Message.of("This is not YAML: {problem}.", problem=str(error.problem))
            raise unreadable(self.file, _marked(error.problem_mark), reason) from error
        except yaml.reader.ReaderError as error:
            line = 1 + text.count("\n", 0, error.position)
            raise unreadable(self.file, line, Message.of("A character here is not allowed in YAML.")) from error
        except RecursionError as error:
            raise unreadable(self.file, 1, Message.of("The entries are nested too deeply.")) from error
        if node is None:
            raise unreadable(self.file, 1, Message.of(EMPTY))
        if not isinstance(node, MappingNode):
            raise self._broken(node, Message.of("The file consists of names, each with its entries."))
        names = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or names.count(key.value) > 1:
                raise self._broken(key, Message.of("A name at the top level stands there once."))
        return {key.value: value for key, value in node.value}

    def _row(self, node: Node, key: Node | None = None) -> Row | Unreadable:
        if not isinstance(node, MappingNode):
            return self._broken(node, Message.of("An entry consists of names and values."))
        try:
            values = self._value(node)
            named = {"id": self._value(key)} if key is not None else {}
        except Unreadable as error:
            return error
        return Row({**named, **values} if isinstance(values, dict) else {}, self.file, _line(key or node))

    def _value(self, node: Node, depth: int = 0) -> object:
        if depth > MAX_DEPTH:
            raise self._broken(node, Message.of("The entries are nested too deeply."))
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if node.tag not in PLAIN_TAGS:
            raise self._broken(node, Message.of(UNREADABLE_VALUE))
        if isinstance(node, SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        values: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or key.value in values:
                raise self._broken(key, Message.of("A name stands once in an entry."))
            values[key.value] = self._value(value, depth + 1)
        return values

    def _scalar(self, node: ScalarNode) -> object:
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value  # a date stays the text it was
        try:
            return SafeConstructor().construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            raise self._broken(node, Message.of(UNREADABLE_VALUE)) from error

    def _broken(self, node: Node, reason: Message) -> Unreadable:
        return unreadable(self.file, _line(node), reason)


def _line(node: Node) -> int:
    return _marked(node.start_mark)


def _marked(mark: Mark | None) -> int:
    """The line of a place in the text, from 1."""
    return mark.line + 1 if mark is not None else 1
