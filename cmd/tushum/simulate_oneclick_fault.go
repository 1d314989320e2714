package main

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
)

// vendorCalls are the calls that can go wrong, by their names in --fail.
var vendorCalls = map[string]simulator.Call{
	"sign-in": simulator.SignIn, "refresh": simulator.Refresh, "payin": simulator.Payin, "credentials": simulator.Credentials,
	"get": simulator.Get, "list": simulator.List, "cancel": simulator.Cancel, "page": simulator.Page,
}

// vendorFaults are the ways in which they can. lost, slow and 502 do what was asked
// and keep the answer back; the others do nothing but ok, which is for a later call
// to go wrong.
var vendorFaults = map[string]simulator.Fault{
	"ok": simulator.Passing, "lost": simulator.Lost, "dropped": simulator.Dropped, "slow": simulator.Slow,
	"html": simulator.HTML, "broken": simulator.Broken, "empty": simulator.Empty, "huge": simulator.Huge,
	"400": simulator.WordlessRefusal, "401": simulator.Unauthorized,
	"403": simulator.Refusing(http.StatusForbidden, "ERROR_FORBIDDEN"),
	"404": simulator.Refusing(http.StatusNotFound, "ERROR_NOT_FOUND"),
	"429": simulator.TooMany(""), "500": simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL"),
	"502": simulator.Failed, "503": simulator.Unavailable(""),
}

// mostFaults bounds how often one word of --fail counts.
const mostFaults = 1000

func faultNames() []string { return slices.Sorted(maps.Keys(vendorFaults)) }

// plannedFault is a call that goes wrong so often.
type plannedFault struct {
	call  simulator.Call
	fault simulator.Fault
	times int
}

// faultsOf reads "payin=lost" and "get=429x3".
func faultsOf(words []string) ([]plannedFault, error) {
	var all []plannedFault
	for _, word := range words {
		name, kind, _ := strings.Cut(strings.TrimSpace(word), "=")
		times := 1
		if k, n, many := strings.Cut(kind, "x"); many {
			var err error
			if times, err = strconv.Atoi(n); err != nil || times < 1 || times > mostFaults {
				return nil, badFault(word)
			}
			kind = k
		}
		call, known := vendorCalls[name]
		fault, played := vendorFaults[kind]
		if !known || !played {
			return nil, badFault(word)
		}
		all = append(all, plannedFault{call, fault, times})
	}
	return all, nil
}

func badFault(word string) error {
	calls := strings.Join(slices.Sorted(maps.Keys(vendorCalls)), ", ")
	return usage(lang.Text{
		UZ: "--fail: " + quoted(word) + " noto‘g‘ri: payin=lost yoki get=429x3 kabi yozing; chaqiruvlar: " + calls,
		RU: "--fail: " + quoted(word) + " не подходит: пишите payin=lost или get=429x3; вызовы: " + calls,
		EN: "--fail: " + quoted(word) + " can't be played: write payin=lost or get=429x3; calls: " + calls,
	})
}
