"""What an operator sees: metrics, health, logs. The only importer of the metrics library; see `opening`."""
