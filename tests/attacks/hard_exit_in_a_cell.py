"""Ends its process while its cells run.

status: crashed
points: 0
seconds: 15
"""
# %% extra
import os
os._exit(0)
