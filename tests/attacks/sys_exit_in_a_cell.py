"""Calls sys.exit(0) in a cell of its own.

status: graded
seconds: 5
ends: yes
"""
# %% extra
import sys
sys.exit(0)
