"""What is taught: courses, questions, marking, packs and speech."""
