"""A reader that never comes to an end; run by test_docx in a process of its own."""

import time

if __name__ == "__main__":
    time.sleep(600)
