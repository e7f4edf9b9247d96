"""What managers see: the satisfaction summary and the organisation page; stores nothing."""
