"""What both programs of a package start with."""

import sys

from ui.startup.entry import main

if __name__ == "__main__":
    sys.exit(main())
