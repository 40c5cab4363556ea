"""Uses magics, shell lines and the shell of IPython.

status: graded
seconds: 8
"""
# %% extra
%run grade.py
%env AUTOGRADER_POINTS=100
%load_ext sql
!id; cat /etc/passwd
listing = !ls /
get_ipython().system("touch /tmp/x")
get_ipython().kernel.do_shutdown(True)
get_ipython().run_cell("import os")
# %% extra
%%javascript
alert(1)
# %% extra
%%bash
touch /tmp/shell
