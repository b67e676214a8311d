"""Studying: attempts, progress, XP, streaks and achievements."""
