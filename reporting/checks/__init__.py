"""What is looked at before a report may be sent: errors must be mended, warnings want a reason."""

from reporting.checks.draft import Draft, answering_ids, read_draft
from reporting.checks.findings import Finding, Level, blocking_findings, find

__all__ = ["Draft", "Finding", "Level", "answering_ids", "blocking_findings", "find", "read_draft"]
