"""Reads PDFs as other people's programs do: `read_pdf.py PDFTOTEXT FOLDER` writes, beside each FOLDER/x.pdf, FOLDER/x.readings.json:
an object from the reader's name to its text of each page. Whether that is right is not judged here."""

import io
import json
import pathlib
import subprocess
import sys

import pypdf
import pypdfium2
from pdfminer.high_level import extract_text_to_fp
from pdfminer.layout import LAParams


def pdftotext(program, path, *options):
    run = subprocess.run(
        [program, "-enc", "UTF-8", *options, str(path), "-"],
        capture_output=True,
        check=True,
    )
    # A form feed ends each page.
    return run.stdout.decode("utf-8").split("\f")[:-1]


def pdfminer(path):
    with open(path, "rb") as file:
        out = io.StringIO()
        extract_text_to_fp(file, out, laparams=LAParams(), codec="utf-8")
    return out.getvalue().split("\f")


def pdfium(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def readings(program, path):
    return {
        "pdftotext": pdftotext(program, path),
        "pdftotext -raw": pdftotext(program, path, "-raw"),
        "pdfminer.six": pdfminer(path),
        "pypdf": [page.extract_text() for page in pypdf.PdfReader(path).pages],
        "pdfium": pdfium(path),
    }


def main():
    program, folder = sys.argv[1:]
    for path in sorted(pathlib.Path(folder).glob("*.pdf")):
        text = json.dumps(readings(program, path), ensure_ascii=False)
        path.with_suffix(".readings.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
