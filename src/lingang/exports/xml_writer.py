"""XML text with mixed content, written without a white space that was not asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.etree import ElementTree

__all__ = ["Writer"]


class Writer:
    """Elements are opened and closed in order; a line feed stands only where ``line`` puts it."""

    def __init__(self) -> None:
        self._builder = ElementTree.TreeBuilder()

    def open(self, tag: str, attributes: Mapping[str, str | None] | None = None) -> None:
        """Open an element; attributes without a value are left out."""
        given = {name: value for name, value in (attributes or {}).items() if value is not None}
        self._builder.start(tag, given)

    def close(self, tag: str) -> None:
        self._builder.end(tag)

    def text(self, text: str) -> None:
        self._builder.data(text)

    def line(self) -> None:
        self._builder.data("\n")

    @contextmanager
    def block(self, tag: str, attributes: Mapping[str, str | None] | None = None) -> Iterator[None]:
        """An element of elements, with line feeds around its content."""
        self.open(tag, attributes)
        self.line()
        yield
        self.close(tag)
        self.line()

    def leaf(self, tag: str, attributes: Mapping[str, str | None] | None = None, text: str | None = None) -> None:
        """An element of text, on a line of its own."""
        self.open(tag, attributes)
        if text is not None:
            self.text(text)
        self.close(tag)
        self.line()

    def data(self) -> bytes:
        """The document: UTF-8 with its declaration, LF."""
        root = self._builder.close()
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        return (head + ElementTree.tostring(root, encoding="unicode").rstrip("\n") + "\n").encode("utf-8")
