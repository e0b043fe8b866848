"""Working time: weekly hours in a zone, due times, and what a clock has left.

Pure rules; who keeps which hours is stored by users and the organisation.
"""
