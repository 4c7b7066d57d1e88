"""Build the dataset: validate raw/ and dataset/, then publish the tables into src/lingang/data/.

``--release`` makes everything that a release holds instead, into dist/.
"""

import sys
from pathlib import Path

from lingang.cli import main

if __name__ == "__main__":
    root, arguments = str(Path(__file__).resolve().parent), sys.argv[1:]
    command = "release" if "--release" in arguments else "build"
    sys.exit(main([command, root, *(argument for argument in arguments if argument != "--release")]))
