"""Urging letters: the office's pages, and the unit's own of a letter that names it."""

from django.urls import path

from reporting.views import letter_papers, letter_steps, letters

LETTERS = "dot/<slug:code>/cong-van/"
LETTER = f"{LETTERS}<int:pk>/"
OF_UNIT = "viec/<int:pk>/cong-van/<int:letter_pk>/"

urlpatterns = [
    path(LETTERS, letters.letter_list, name="letters"),
    path("dot/<slug:code>/cong-van.xlsx", letters.letters_xlsx, name="letters_xlsx"),
    path(f"{LETTERS}soan/", letters.start, name="letter_start"),
    path(LETTER, letters.letter, name="letter"),
    path(f"{LETTER}loi-van/", letters.words, name="letter_words"),
    path(f"{LETTER}don-vi/", letters.choose, name="letter_units"),
    path(f"{LETTER}trinh-ky/", letter_steps.clear, name="letter_clear"),
    path(f"{LETTER}rut-ve/", letter_steps.take_back, name="letter_take_back"),
    path(f"{LETTER}bo/", letter_steps.drop, name="letter_drop"),
    path(f"{LETTER}ky/", letter_steps.sign, name="letter_sign"),
    path(f"{LETTER}phat-hanh/", letter_steps.issue, name="letter_issue"),
    path(f"{LETTER}ban-ky/", letter_steps.scan, name="letter_scan"),
    path(f"{LETTER}cong-van.pdf", letter_papers.print_pdf, name="letter_pdf"),
    path(f"{LETTER}cong-van.docx", letter_papers.print_docx, name="letter_docx"),
    path(f"{LETTER}tep/<int:file_pk>/", letter_papers.file, name="letter_file"),
    path(OF_UNIT, letter_papers.unit_letter, name="unit_letter"),
    path(f"{OF_UNIT}tep/<int:file_pk>/", letter_papers.unit_file, name="unit_letter_file"),
]
