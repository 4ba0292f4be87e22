"""The JSON API (CONTRACTS 7): the same objects as the front desk, over HTTP. Errors are RFC 9457 problem documents."""
