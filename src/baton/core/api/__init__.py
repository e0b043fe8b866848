"""The REST API's common ground: keys, problems (RFC 9457), paging, idempotency."""
