"""Documents the portal hands out: from a plain content model to PDF, Word and spreadsheet.

`content` says what a paper holds, `pdf` and `docx` print it in the form of Nghị định 30/2020/NĐ-CP,
`xlsx` writes tables. Nothing here knows a Django model; nothing outside imports WeasyPrint.
"""
