"""An extra cell asks for the number of epochs.

advice: yes
hint: interactive-cell
"""
# %% extra
epochs_wanted = int(input("How many epochs? "))
print("I shall train", epochs_wanted, "epochs.")
