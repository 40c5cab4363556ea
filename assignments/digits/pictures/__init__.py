"""What the digits notebook shows: each picture is followed by a sentence that says what is to be seen.

Images are tensors `(1, 28, 28)` as the student's dataset gives them, whatever their scale. The names imported here are
at hand in the notebook.
"""

from .bugs import five_bugs as five_bugs
from .bugs import match_bugs as match_bugs
from .drawing import draw_digit as draw_digit
from .losses import show_losses as show_losses
from .one_layer import show_rows as show_rows
from .one_layer import teach as teach
from .photograph import read_picture as read_picture
from .reading import share_read as share_read
from .reading import show_answer as show_answer
from .reading import show_confusion as show_confusion
from .reading import show_digits as show_digits
from .reading import show_misread as show_misread
from .watching import watched as watched
