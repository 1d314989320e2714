package simulator

import (
	"html/template"
	"net/http"
	"strings"

	"tushum/internal/lang"
)

// widget is the page that a payer is sent to. It says that it is a play.
var widget = template.Must(template.New("widget").Parse(`<!doctype html>
<html lang="{{.Lang}}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>OneClick</title>
<body style="font:18px/1.5 sans-serif;max-width:22em;margin:2em auto;padding:0 1em">
<p><small>{{.Play}}</small></p>
<p style="font-size:2em">{{.Fiat}} UZS</p>
<p style="font-size:1.4em">{{.Card}}</p>
<p>{{.Status}}</p>
{{if .Open}}<form method="post"><button style="font:inherit;padding:.6em 1.2em">{{.Paid}}</button></form>{{end}}
{{if .Back}}<p><a href="{{.Back}}">{{.BackWord}}</a></p>{{end}}
</body></html>
`))

var (
	wordPlay = lang.Text{UZ: "Mashq sahifasi: pul o‘tmaydi", RU: "Учебная страница: деньги не переводятся", EN: "A practice page: no money moves"}
	wordPaid = lang.Text{UZ: "Pulni o‘tkazdim", RU: "Я перевёл деньги", EN: "I have sent the money"}
	wordBack = lang.Text{UZ: "Do‘konga qaytish", RU: "Вернуться в магазин", EN: "Back to the shop"}
)

func (v *Vendor) page(w http.ResponseWriter, r *http.Request) {
	d, ok := v.Deal(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	l, err := lang.Parse(strings.ToLower(d.Lang))
	if err != nil {
		l = lang.UZ
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = widget.Execute(w, map[string]any{ // a payer who has gone sees nothing
		"Lang": l, "Play": wordPlay.In(l), "Fiat": d.Fiat.String(), "Card": grouped(Card), "Status": d.Status,
		"Open": d.Status == "new" || d.Status == "pending", "Paid": wordPaid.In(l), "Back": d.BackURL, "BackWord": wordBack.In(l),
	})
}

func grouped(number string) string {
	return number[:4] + " " + number[4:8] + " " + number[8:12] + " " + number[12:]
}

func (v *Vendor) payOnPage(w http.ResponseWriter, r *http.Request) {
	d, ok := v.Deal(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	if d.Status == "new" || d.Status == "pending" {
		v.Pay(d.ID)
	}
	http.Redirect(w, r, "/pay/"+d.ID, http.StatusSeeOther)
}
