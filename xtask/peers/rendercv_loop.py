"""`rendercv_loop.py YAML FOLDER TIMES` makes a PDF that often in one process, each time with other text, and prints the
milliseconds of each, a line each."""

import pathlib
import sys
import time

from rendercv import api


def main():
    source, folder, times = sys.argv[1:]
    text = pathlib.Path(source).read_text(encoding="utf-8")
    file = pathlib.Path(folder) / "rendercv.pdf"
    for number in range(int(times)):
        changed = text.replace("214 customers", f"{214 + number} customers")
        start = time.perf_counter()
        errors = api.create_a_pdf_from_a_yaml_string(changed, file)
        took = time.perf_counter() - start
        if errors:
            sys.exit(f"RenderCV refuses the text: {errors}")
        print(took * 1_000)


if __name__ == "__main__":
    main()
