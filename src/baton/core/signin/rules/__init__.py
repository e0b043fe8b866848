"""Devices in plain words, and codes of an app on the phone."""
