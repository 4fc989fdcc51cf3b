pytest_plugins = ["pytest_twintrack"]
