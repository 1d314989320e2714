package bank

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"tushum/internal/money"
)

// expectation is how one call must be answered.
type expectation struct {
	httpStatus int
	state      string   // of a success
	codes      []string // of a refusal: any of these
}

func success(state string) expectation {
	return expectation{httpStatus: http.StatusOK, state: state}
}

func refusal(codes ...string) expectation {
	return expectation{httpStatus: http.StatusBadRequest, codes: codes}
}

func notFound() expectation {
	return expectation{httpStatus: http.StatusNotFound}
}

// String is the short form of the table: "200 CONFIRMED", "400 10011", "404".
func (e expectation) String() string {
	parts := []string{strconv.Itoa(e.httpStatus)}
	if e.state != "" {
		parts = append(parts, e.state)
	}
	if e.codes != nil {
		parts = append(parts, strings.Join(e.codes, "|"))
	}
	return strings.Join(parts, " ")
}

// summary is a reply in the same short form.
func summary(r Reply) string {
	status := strconv.Itoa(r.HTTPStatus)
	switch {
	case r.ErrorCode != "":
		return status + " " + shown(r.ErrorCode)
	case r.Members["errorCode"] != nil:
		return status + " " + shown(string(r.Members["errorCode"]))
	case r.State() != "":
		return status + " " + shown(r.State())
	}
	return status
}

// facts are what the suite knows of the transaction a call is about. Times are Unix
// milliseconds of earlier answers, 0 where there was none.
type facts struct {
	number    string
	amount    money.Amount
	prefill   bool // a check of this invoice names its amount
	created   int64
	confirmed int64
	reversed  int64
}

// ownTime names the member that carries a webhook's own time.
var ownTime = map[string]string{
	WebhookCheck:   "timestamp",
	WebhookCreate:  "transTime",
	WebhookConfirm: "confirmTime",
	WebhookReverse: "reverseTime",
}

// judgeReply compares an answer with what the contract asks: status, type of
// content, member set, types and values.
func (s *session) judgeReply(webhook string, sent fields, r Reply, want expectation, f facts) []Note {
	if r.HTTPStatus != want.httpStatus {
		return []Note{{Code: NoteHTTPStatus, Want: want.String(), Got: summary(r)}}
	}
	if want.httpStatus == http.StatusNotFound {
		return nil
	}
	var notes []Note
	if kind := r.Header.Get("Content-Type"); !isJSONType(kind) {
		notes = append(notes, Note{Code: NoteContentType, Want: "application/json", Got: shown(kind)})
	}
	if r.Defect != nil {
		return append(notes, Note{Code: NoteNotObject, Got: shown(r.Defect.Error())})
	}
	if want.httpStatus == http.StatusOK {
		return append(notes, s.successShape(webhook, sent, want, f).judge(r.Members)...)
	}
	return append(notes, s.refusalShape(webhook, sent, want, f).judge(r.Members)...)
}

func isJSONType(header string) bool {
	kind, params, err := mime.ParseMediaType(header)
	return err == nil && kind == "application/json" &&
		(params["charset"] == "" || strings.EqualFold(params["charset"], "utf-8"))
}

// successShape is the table "Answers with HTTP 200".
func (s *session) successShape(webhook string, sent fields, want expectation, f facts) shape {
	now := timeNear(s.client.now())
	form := shape{
		must: map[string]rule{"serviceId": exactly(sent.value("serviceId")), "status": oneText(want.state)},
		data: &dataShape{keys: s.keys, number: f.number},
	}
	if webhook == WebhookCheck {
		form.must["timestamp"] = now
		if f.prefill && !s.cfg.NoPrefill {
			form.data.som = inSom(f.amount)
		}
		return form
	}
	form.must["transId"] = exactly(sent.value("transId"))
	form.must["amount"] = integer(int64(f.amount))
	if webhook != WebhookStatus {
		form.must[ownTime[webhook]] = now
		return form
	}
	form.must["transTime"] = integer(f.created)
	form.must["confirmTime"] = storedTime(f.confirmed)
	form.must["reverseTime"] = storedTime(f.reversed)
	return form
}

// refusalShape is "Answers with HTTP 400". Of a call that was refused before its
// body was understood, only the errorCode is asked for.
func (s *session) refusalShape(webhook string, sent fields, want expectation, f facts) shape {
	form := shape{must: map[string]rule{"errorCode": oneText(want.codes...)}, may: map[string]rule{}}
	told := form.may
	if want.codes[0] >= "10005" {
		told = form.must
	}
	told["status"] = oneText(StateFailed)
	s.refusalTimes(told, webhook, want, f)
	if want.codes[0] >= "10006" {
		told["serviceId"] = exactly(sent.value("serviceId"))
		if webhook != WebhookCheck {
			told["transId"] = exactly(sent.value("transId"))
		}
		return form
	}
	form.may["serviceId"] = anyInteger
	if webhook != WebhookCheck {
		form.may["transId"] = anyText
	}
	return form
}

// refusalTimes: the stored time on a repeat, else now; status carries all three.
func (s *session) refusalTimes(told map[string]rule, webhook string, want expectation, f facts) {
	now := timeNear(s.client.now())
	if webhook == WebhookStatus {
		told["transTime"] = storedTime(f.created)
		told["confirmTime"] = storedTime(f.confirmed)
		told["reverseTime"] = storedTime(f.reversed)
		return
	}
	told[ownTime[webhook]] = now
	switch want.codes[0] {
	case "10010":
		told["transTime"] = integer(f.created)
	case "10016":
		told["confirmTime"] = integer(f.confirmed)
	case "10018":
		told["reverseTime"] = integer(f.reversed)
	}
}

// inSom writes tiyin as the so'm of data.amount: "130000", or "130000.50" where
// there are tiyin.
func inSom(a money.Amount) string {
	som, tiyin := int64(a)/100, int64(a)%100
	if tiyin == 0 {
		return strconv.FormatInt(som, 10)
	}
	return strconv.FormatInt(som, 10) + "." + strconv.FormatInt(100+tiyin, 10)[1:]
}
