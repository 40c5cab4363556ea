"""What the notebook of gradient descent shows: walks downhill, each followed by a sentence that tells what is seen.

The names imported here are at hand in the notebook.
"""

from .hill import move_rate as move_rate
from .walks import show_bowl as show_bowl
from .walks import show_descent as show_descent
from .walks import show_line as show_line
from .walks import show_rates as show_rates
