# Whatever is asked of services, in whatever order, and however they end: none runs without what it requires.

import __main__
import _random

# From the fourth on each has found a defect.
_random.run(__main__, (1, 2, 3, 17, 19, 31, 57, 74, 87, 99, 100, 406))
