"""``python -m lingang``."""

import sys

from lingang.cli import main

sys.exit(main())
