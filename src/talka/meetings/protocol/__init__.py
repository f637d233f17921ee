# SPDX-License-Identifier: EUPL-1.2
"""Minutes as a document: facts gathered once, then written as PDF or DOCX in the form that Latvian institutions use.

The form follows Cabinet regulation No. 558 of 2018 on drawing up and formatting documents: author, kind, place, date, number, text,
signatures; decisions after the word “nolemj”, numbered within their item.
"""
