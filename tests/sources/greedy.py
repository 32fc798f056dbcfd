"""A reader that takes more memory than there may be; run by test_docx."""

from sources.readable import apart

if __name__ == "__main__":
    apart._limit()
    held = bytearray(2 * apart.MAX_MEMORY_BYTES)
    print(len(held))
