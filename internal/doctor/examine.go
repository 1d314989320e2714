package doctor

import (
	"context"
	"fmt"
	"iter"
	"sync/atomic"
	"time"

	"tushum/internal/disk"
	"tushum/internal/lang"
)

// patience is how long a check may take, and grace how long one that does not
// look at its context is waited for after that.
const (
	patience = 10 * time.Second
	grace    = time.Second
)

// check is one thing that is looked at.
type check struct {
	name  string
	title lang.Text
	look  func(context.Context, *round) finding
}

// finding is what came of a check.
type finding struct {
	status       Status
	says, advice lang.Text
}

// round is the subject as the checks know it, and what one has to tell another.
type round struct {
	Subject
	locally  atomic.Bool // a payment was played on this machine
	publicly atomic.Bool // and one through the public URL
}

// checks are all there are, in the order in which they are told.
func checks(s *Subject) []check {
	all := []check{
		{"config.file", titleFile, lookAtFile},
		{"config.permissions", titlePermissions, lookAtPermissions},
		{"bank.connection", titleConnection, lookAtConnection},
		{"clock.zone", titleZone, lookAtZone},
		{"clock.drift", titleDrift, lookAtDrift},
		{"service.start", titleStart, lookAtStart},
		{"port.listen", titlePort, lookAtPort},
		{"public.url", titlePublicURL, lookAtPublicURL},
		{"dns.public", titleDNS, lookAtDNS},
		{"https.certificate", titleCertificate, lookAtCertificate},
		{"https.chain", titleChain, lookAtChain},
		{"store.ready", titleReady, lookAtStore},
		{"store.structure", titleStructure, lookAtStructure},
		{"disk.free", titleDisk, lookAtDisk},
		{"webhooks.local", titleLocal, playLocally},
		{"webhooks.public", titlePublic, playPublicly},
		{"pages.public", titlePayPage, lookAtPayPage},
	}
	all = append(all, systemChecks(s.Systems)...)
	if s.Bank != nil {
		all = append(all, check{"bank.password", titlePassword, tryPassword})
	}
	return all
}

// Examine looks a shop over and yields a Result for each check as it ends, in a
// fixed order. A check that takes too long, or has a defect, is a Result as
// well. When ctx ends nothing more is yielded.
func Examine(ctx context.Context, s Subject) iter.Seq[Result] {
	if s.Patience == 0 {
		s.Patience = patience
	}
	if s.Free == nil {
		s.Free = disk.Free
	}
	return func(yield func(Result) bool) {
		r := &round{Subject: s}
		for _, c := range checks(&s) {
			began := s.Now()
			f := c.run(ctx, r)
			if ctx.Err() != nil {
				return
			}
			told := Result{Check: c.name, Title: c.title, Status: f.status, Says: cleaned(f.says), Advice: cleaned(f.advice), Took: s.Now().Sub(began)}
			if !yield(told) {
				return
			}
		}
	}
}

// run does a check for as long as it may take.
func (c check) run(ctx context.Context, r *round) finding {
	ctx, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	found := make(chan finding, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				found <- failed(about(sayDefect, fmt.Sprint(p)), adviseDefect)
			}
		}()
		found <- c.look(ctx, r)
	}()
	select {
	case f := <-found:
		return f
	case <-ctx.Done():
	}
	select {
	case f := <-found:
		return f
	case <-time.After(grace):
		return failed(about(sayTooLong, spanText(r.Patience)), adviseTooLong)
	}
}

func passed(says lang.Text) finding         { return finding{status: Passed, says: says} }
func skipped(says lang.Text) finding        { return finding{status: Skipped, says: says} }
func warned(says, advice lang.Text) finding { return finding{Warning, says, advice} }
func failed(says, advice lang.Text) finding { return finding{Failed, says, advice} }

var (
	sayDefect    = lang.Text{UZ: "dastur nuqsoni: %s", RU: "дефект программы: %s", EN: "a defect of the program: %s"}
	adviseDefect = lang.Text{UZ: "shu qatorni dastur mualliflariga yuboring", RU: "отправьте эту строку авторам программы", EN: "send this line to the authors of the program"}
	sayTooLong   = lang.Text{UZ: "%s ichida javob bo‘lmadi", RU: "за %s ответа не было", EN: "there was no answer within %s"}

	adviseTooLong = lang.Text{
		UZ: "disk va tarmoq ishlayotganini tekshirib, qayta ishga tushiring", RU: "проверьте, что диск и сеть работают, и запустите проверку ещё раз", EN: "see that the disk and the network work, and run the check again",
	}
)
