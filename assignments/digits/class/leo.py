"""Everything right, but a tool has stripped the notebook's metadata and cell ids.

points: 20
status: graded-after-repair
damage: stripped-metadata
"""
