"""Who stands how to whom: people to people, people to companies, with from, until and what is past.

The present employer is the person's own field; when it changes, the former one is kept here.
"""
