package main

import (
	"strconv"
	"time"

	"wenfang/internal/document"
)

// today returns the UTC day: that of SOURCE_DATE_EPOCH where it is set, so that a build can
// be repeated later with the same bytes.
func today(u *ui, getenv func(string) string, now time.Time) (document.Date, error) {
	const name = "SOURCE_DATE_EPOCH"
	if value := getenv(name); value != "" {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds < 0 || seconds > 253402300799 { // the end of the year 9999
			return document.Date{}, usage(u.text("cli.error.environment", "name", name, "value", value))
		}
		now = time.Unix(seconds, 0)
	}
	return dateOf(now.UTC()), nil
}

func dateOf(t time.Time) document.Date {
	return document.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// yearLater returns the same day of the next year.
func yearLater(d document.Date) document.Date {
	return dateOf(time.Date(d.Year+1, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC))
}
