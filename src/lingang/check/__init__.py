"""One way for every input: what a path is (``subject``), and a root, a corpus, a release put to the rules."""
