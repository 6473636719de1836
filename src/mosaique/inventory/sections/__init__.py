"""One file per section: what is asked, the sentence others may read, the figures a commune may release."""
