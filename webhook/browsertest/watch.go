//go:build system

package browsertest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// violated is what the page's own breaches of its policy are told by. The log of
// the browser has most of them as well, but not what is only reported.
const violated = "tellViolation"

const tellViolations = `document.addEventListener("securitypolicyviolation", e =>
	` + violated + `(e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile + ":" + e.lineNumber + " " + e.sample))`

// What one page may ask for, besides itself.
const mostPictures = 1

// watch collects what a tab does and what its browser says of it.
type watch struct {
	mu         sync.Mutex
	hosts      []string
	expected   []string
	complaints []string
	requests   map[network.ResourceType][]string
	pictures   map[string]int // by document
}

func (w *watch) allow(page string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if u, err := url.Parse(page); err == nil {
		w.hosts = append(w.hosts, u.Host)
	}
}

func (w *watch) expect(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.expected = append(w.expected, text)
}

func (w *watch) of(kind network.ResourceType) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.requests[kind])
}

// note takes an event of the browser. It runs in the loop that reads them.
func (w *watch) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		w.complain("the console", fmt.Sprint(e.Type, texts(e.Args)))
	case *runtime.EventExceptionThrown:
		w.complain("an exception", fmt.Sprint(e.ExceptionDetails.Text, texts([]*runtime.RemoteObject{e.ExceptionDetails.Exception})))
	case *runtime.EventBindingCalled:
		w.complain("the content security policy", e.Payload)
	case *log.EventEntryAdded:
		w.complain("the browser's log", fmt.Sprint(e.Entry.Source, ": ", e.Entry.Text, " ", e.Entry.URL))
	case *network.EventRequestWillBeSent:
		w.request(e)
	}
}

func (w *watch) complain(of, text string) {
	w.complaints = append(w.complaints, of+": "+text)
}

func (w *watch) request(e *network.EventRequestWillBeSent) {
	u, err := url.Parse(e.Request.URL)
	if err != nil || u.Scheme == "data" || e.Request.URL == "about:blank" {
		return
	}
	if w.requests == nil {
		w.requests, w.pictures = make(map[network.ResourceType][]string), make(map[string]int)
	}
	w.requests[e.Type] = append(w.requests[e.Type], e.Request.URL)
	if !slices.Contains(w.hosts, u.Host) {
		w.complain("a request to another host", e.Request.URL)
	}
	switch e.Type {
	case network.ResourceTypeDocument, network.ResourceTypeEventSource:
	case network.ResourceTypeImage:
		document := string(e.LoaderID)
		if w.pictures[document]++; w.pictures[document] > mostPictures {
			w.complain("one picture too many", e.Request.URL)
		}
	case network.ResourceTypeFetch:
		if e.Request.URL != e.DocumentURL {
			w.complain("a request for more than the page", e.Request.URL)
		}
	default:
		w.complain("a request that no page needs", fmt.Sprintf("%s %s", e.Type, e.Request.URL))
	}
}

// tell fails the test with what nobody expected.
func (w *watch) tell(tb testing.TB) {
	tb.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.complaints {
		if !slices.ContainsFunc(w.expected, func(part string) bool { return strings.Contains(c, part) }) {
			tb.Error(c)
		}
	}
}

func texts(values []*runtime.RemoteObject) []string {
	var all []string
	for _, v := range values {
		if v != nil {
			all = append(all, strings.TrimSpace(string(v.Value)+" "+v.Description))
		}
	}
	return all
}
