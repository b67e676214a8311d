"""The teachers' dashboard: Dash pages inside the Flask app; it only draws what `analytics` reads."""
