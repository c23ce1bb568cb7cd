"""`python -m signoff`: the same as the command `signoff`."""

import sys

from signoff import main

if __name__ == "__main__":
    sys.exit(main())
