"""What a release page holds, made in one step: tables in every form, archives, descriptors, documents.

>>> from lingang.release.build import build_release
>>> made = build_release(Path("."), Path("dist"))
"""
