"""Build the dataset: write the JSON of the lexicon, validate raw/ and dataset/, then publish the tables into
src/lingang/data/.

``--release`` makes everything that a release holds instead, into dist/.
"""

import sys
from pathlib import Path

from lingang.lexicon.shipped import write_layers

if __name__ == "__main__":
    root, arguments = str(Path(__file__).resolve().parent), sys.argv[1:]
    command = "release" if "--release" in arguments else "build"
    write_layers()  # before the command line, which reads them
    from lingang.cli import main

    sys.exit(main([command, root, *(argument for argument in arguments if argument != "--release")]))
