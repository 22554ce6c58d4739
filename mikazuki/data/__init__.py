"""Pictures and captions on their way to the trainer: folders, captions, buckets, plan, batches; no tensors."""
