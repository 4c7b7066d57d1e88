"""What a release page holds, made in one step: tables in every form, archives, descriptors, documents.

>>> from lingang.release import build_release
>>> made = build_release(Path("."), Path("dist"))
"""

from lingang.release.build import ReleaseRefused, build_release, generated, release_files
from lingang.release.claims import false_claims
from lingang.release.succession import VersionTooLow

__all__ = ["ReleaseRefused", "VersionTooLow", "build_release", "false_claims", "generated", "release_files"]
