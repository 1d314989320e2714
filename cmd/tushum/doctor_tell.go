package main

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"tushum/internal/doctor"
	"tushum/internal/lang"
)

// examinedCheck is a result as scripts see it.
type examinedCheck struct {
	Check   string        `json:"check"`
	Status  doctor.Status `json:"status"`
	Title   string        `json:"title"`
	Message string        `json:"message"`
	Advice  string        `json:"advice,omitempty"`
	TookMS  int64         `json:"took_ms"`
}

// tellExamination tells each result as it comes. What has failed is an exit code
// of its own.
func (a *App) tellExamination(ctx context.Context, results iter.Seq[doctor.Result]) error {
	tally := make(map[doctor.Status]int)
	for r := range results {
		tally[r.Status]++
		var err error
		if a.flags.json {
			err = a.printJSON(examinedCheck{r.Check, r.Status, a.say(r.Title), a.say(r.Says), a.say(r.Advice), r.Took.Milliseconds()})
		} else {
			err = a.print(a.examinedLine(r))
		}
		if err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !a.flags.json {
		if err := a.print("\n" + fmt.Sprintf(a.say(examinedSum), tally[doctor.Passed], tally[doctor.Warning], tally[doctor.Failed], tally[doctor.Skipped]) + "\n"); err != nil {
			return err
		}
	}
	if tally[doctor.Failed] > 0 {
		return exited(exitFailed)
	}
	return nil
}

// examinedWords say how a check ended.
var examinedWords = map[doctor.Status]lang.Text{
	doctor.Passed:  {UZ: "o‘tdi", RU: "прошло", EN: "passed"},
	doctor.Warning: {UZ: "diqqat", RU: "внимание", EN: "warning"},
	doctor.Failed:  {UZ: "XATO", RU: "ОШИБКА", EN: "FAILED"},
	doctor.Skipped: {UZ: "ko‘rilmadi", RU: "пропущено", EN: "skipped"},
}

var examinedSum = lang.Text{
	UZ: "o‘tdi: %d, diqqat: %d, xato: %d, ko‘rilmadi: %d", RU: "прошло: %d, внимание: %d, ошибок: %d, пропущено: %d", EN: "passed: %d, warnings: %d, failed: %d, skipped: %d",
}

// examinedLine is a result for people: the word, what it is about, what was
// found, and below that what to do.
func (a *App) examinedLine(r doctor.Result) string {
	widest := 0
	for _, word := range examinedWords {
		widest = max(widest, cells(a.say(word)))
	}
	style, word := a.styles(), a.say(examinedWords[r.Status])
	colour := map[doctor.Status]string{doctor.Passed: style.good, doctor.Warning: style.waiting, doctor.Failed: style.bad}[r.Status]
	indent := widest + len(columnGap)
	var b strings.Builder
	if colour == "" {
		b.WriteString(word)
	} else {
		b.WriteString(colour + word + style.end)
	}
	b.WriteString(strings.Repeat(" ", indent-cells(word)))
	b.WriteString(wrapped(a.say(r.Title)+": "+a.say(r.Says), a.Width, indent) + "\n")
	if advice := a.say(r.Advice); advice != "" {
		b.WriteString(strings.Repeat(" ", indent) + wrapped("→ "+advice, a.Width, indent) + "\n")
	}
	return b.String()
}
