"""A package."""
loaded = "package loaded"
__all__ = ["loaded", "plain"]
