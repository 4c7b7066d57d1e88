"""How to cite a dataset: as a line, and as BibTeX."""

from __future__ import annotations

from lingang.about import About

__all__ = ["bibtex", "reference"]


def reference(about: About, *, undated: str = "n.d.", version: str = "Version") -> str:
    """A line for a list of references; ``undated`` and ``version`` are words of its language."""
    year = about.released[:4] if about.released else undated
    told = f"{about.authors} ({year}). {about.title}. {version} {about.version}."
    return f"{told} {about.address}" if about.address else told


def bibtex(about: About) -> str:
    """The BibTeX entry. Each title and name stands in braces of its own, so that no case is changed and no body is
    taken for a first and a last name."""
    fields = {
        "title": "{" + _plain(about.title) + "}",
        "author": " and ".join("{" + _plain(creator.name) + "}" for creator in about.creators),
        **({"year": about.released[:4], "date": about.released} if about.released else {}),
        "version": _plain(about.version),
        "note": _plain(f"Dataset, version {about.version}. {about.annotations_license}"),
        **({"url": about.address} if about.address else {}),
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@misc{{{_kept(about.label)},\n{lines}\n}}\n"


def _kept(text: str) -> str:
    return "".join(char for char in text if char not in "{}\\")


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "&%$#_" else char for char in _kept(text))
