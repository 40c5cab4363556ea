"""Opens blocking plot windows.

status: graded
seconds: 15
"""
# %% extra
import matplotlib.pyplot as plt

for _ in range(3):
    plt.plot([1, 2, 3])
    plt.show(block=True)
