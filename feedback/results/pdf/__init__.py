"""Reports on paper: what stands on them as plain data, and the press that makes the PDF of it."""
