package main

import "tushum/internal/lang"

// pageSize is how many records are read at once: reading ends in milliseconds
// and a list of a million takes no more memory than one of a thousand.
const pageSize = 500

// defaultLimit is how many records a list has unless told.
const defaultLimit = 50

func checkLimit(limit int) error {
	if limit < 0 {
		return usage(lang.Text{UZ: "--limit: 0 yoki undan katta son bering", RU: "--limit: укажите число от 0", EN: "--limit: give a number from 0 up"})
	}
	return nil
}

// pages reads up to limit records, or all with 0, a page at a time. read
// answers the next records, at most as many as asked for; show gets each page.
// more tells that there are records after the last one shown.
func pages[T any](limit int, read func(n int) ([]T, error), show func([]T) error) (more bool, err error) {
	for left := limit; ; {
		n := pageSize
		if limit > 0 {
			n = min(left, pageSize)
		}
		page, err := read(n)
		if err != nil {
			return false, err
		}
		if err := show(page); err != nil {
			return false, err
		}
		if len(page) < n {
			return false, nil
		}
		if left -= len(page); limit > 0 && left == 0 {
			rest, err := read(1)
			return len(rest) > 0, err
		}
	}
}
