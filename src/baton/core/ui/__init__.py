"""The look: shell, components, lists, charts and the words of figures.

It knows no module above it; they plug into its slots.
"""
