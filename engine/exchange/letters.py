"""The letters by which spreadsheets name columns: A is the first, AA the 27th."""

from __future__ import annotations


def letters_of(position: int) -> str:
    """The letters of a column, counted from 0."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position_of(letters: str) -> int:
    """The column, counted from 0, that letters name; more than eight of them name none that exists."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
