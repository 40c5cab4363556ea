"""Everything right: the reference solution.

points: 20
"""
