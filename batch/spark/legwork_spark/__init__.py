"""legwork batch on Apache Spark. Spark reads the export, groups it by patient, and does again what a lost machine did;
what a record is, whose it is, and what comes of it is `legwork`'s to say (docs/worker.md)."""
