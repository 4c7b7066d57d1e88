"""Build the dataset: validate raw/ and dataset/, then publish the tables into src/lingang/data/."""

import sys
from pathlib import Path

from lingang.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", str(Path(__file__).resolve().parent), *sys.argv[1:]]))
