"""The rows of a round. Import models from here."""

from reporting.models.assignment import (
    Answer,
    Assignment,
    Attachment,
    Event,
    Extension,
    Figure,
    WarningReason,
)
from reporting.models.calendar_feed import CalendarFeed
from reporting.models.extension_request import ExtensionRequest
from reporting.models.letter import LetterEvent, UrgedUnit, UrgingLetter
from reporting.models.notice import MAIL_DOMAIN, NEW_DATE, Channel, Notice, of_a_ladder
from reporting.models.reminding import ReminderHold, ReminderRule
from reporting.models.report import Paragraph, RenderJob, Report, ReportEvent, Source, StoredFile
from reporting.models.round import Deadline, Indicator, Round, RoundEvent, Section
from reporting.models.submission import Comment, Passage, Submission, SubmittedFigure

__all__ = [
    "MAIL_DOMAIN",
    "NEW_DATE",
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarFeed",
    "Channel",
    "Comment",
    "Deadline",
    "Event",
    "Extension",
    "ExtensionRequest",
    "Figure",
    "Indicator",
    "LetterEvent",
    "Notice",
    "Paragraph",
    "Passage",
    "ReminderHold",
    "ReminderRule",
    "RenderJob",
    "Report",
    "ReportEvent",
    "Round",
    "RoundEvent",
    "Section",
    "Source",
    "StoredFile",
    "Submission",
    "SubmittedFigure",
    "UrgedUnit",
    "UrgingLetter",
    "WarningReason",
    "of_a_ladder",
]
