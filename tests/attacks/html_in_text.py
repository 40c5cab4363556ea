"""Puts markup into its output, its messages and the names of its exceptions.

status: graded
points: 15
seconds: 5
"""
# %% extra
MARKUP = "<script>document.title='gotcha'</script><img src=x onerror=alert(1)><svg onload=alert(2)></pre>[x](javascript:alert(3))"
print(MARKUP, "\x1b[31m\u202egnp.exe")
# %% accuracy
def accuracy(model, loader):
    raise type(MARKUP, (Exception,), {})(MARKUP + "\u202e\x1b]8;;http://127.0.0.1\x07")
# %% predict
def predict(model, image):
    return type(MARKUP, (), {"__module__": MARKUP})()
