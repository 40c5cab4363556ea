"""The halves of the probes that run in the student's process. Students may read them: nothing here is secret.

What they report is untrusted like anything else from there: it explains what the other half found, and earns nothing.
"""
