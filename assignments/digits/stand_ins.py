"""What the checks bring into the student's process: all of it is torchlab's. Nothing here is secret."""

from __future__ import annotations

from autograder.torchlab.inside.datasets import (
    deal_many,
    look_at_digits,
    look_at_item,
    look_at_loader,
    seconds_per_item,
)
from autograder.torchlab.inside.exam import learn_digits, loader_of, read_digits
from autograder.torchlab.inside.fetching import fetch
from autograder.torchlab.inside.modules import (
    Pulled,
    build,
    census,
    follow,
    forward,
    how_it_fared,
    is_module,
    makes_weights_in_forward,
    model_of,
    pulled_answer,
    returns_log_probabilities,
    scores_of,
    tell,
    try_forward,
)
from autograder.torchlab.inside.scripted import (
    Framed,
    modes_while_training,
    pictures,
    reader,
    relearn,
    visit,
)
from autograder.torchlab.inside.training import (
    FixedScores,
    Perceptron,
    last_events,
    reads_argument,
    reads_test_files,
    study,
    swallowed_errors,
    train_fixed,
    train_on_changing,
    train_quietly,
    watch_training,
)
from autograder.torchlab.inside.weights import piece_of, put_piece, sizes_of, take_in, weights_of, with_weights
