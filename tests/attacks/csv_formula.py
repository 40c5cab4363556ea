"""Raises with messages that spreadsheets would take for formulas.

status: graded
points: 15
seconds: 5
"""
# %% accuracy
def accuracy(model, loader):
    raise ValueError('=HYPERLINK("http://127.0.0.1/?"&A1,"x");"\r\n\t@SUM(1)')
# %% predict
def predict(model, image):
    raise type("=cmd|' /C calc'!A0", (Exception,), {})("-1+1\n+2;'\"")
