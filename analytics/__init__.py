"""Read models for teachers, admins and guardians."""
