"""Everything right, but the cell of the model stands there twice.

points: 20
status: graded-after-repair
damage: copied-cell
"""
