"""``python -m lingang``."""

import sys

from lingang.cli.commands import main

sys.exit(main())
