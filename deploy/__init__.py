"""Ways to run the product: the local stack of `make run`, and the container's commands."""
