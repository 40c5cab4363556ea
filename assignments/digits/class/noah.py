"""A web page instead of a notebook.

points: none
status: unreadable
damage: web-page
"""
